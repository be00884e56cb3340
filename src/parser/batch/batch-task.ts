import { CodedError } from '../../contract/coded-error.ts';
import type { BatchWording, VisionModel } from '../../models/port.ts';
import { askedOf, checkedReply } from '../prepare-image.ts';
import { imageQuestion, replyJsonSchema } from '../questions.ts';
import type { Answer, BatchAnswerTask, BatchLineTask, WordedLine } from '../worker-protocol.ts';

/** In a thread: a question as a line of a batch's file. */
export function wordedLine(model: VisionModel, task: BatchLineTask): WordedLine {
  const { image, context, maxOutputTokens, id } = task;
  const asked = imageQuestion(task);
  const { prompt } = askedOf(context, model, asked);
  const question = { prompt, image, replyJsonSchema: replyJsonSchema(asked), maxOutputTokens };
  return { line: wordingOf(model).line(question, id) };
}

/** In a thread: what a line of a batch's output says. @throws CodedError as an answer to a single call */
export function answerOfLine(
  model: VisionModel,
  task: BatchAnswerTask,
  tokens: { input: number; output: number },
): Answer {
  const asked = imageQuestion(task);
  const answer = wordingOf(model).answer(task.line, { replyJsonSchema: replyJsonSchema(asked) });
  Object.assign(tokens, answer.tokens);
  const readings = asked.fromReply(checkedReply(asked, answer.json), task.context, task.measured);
  return { readings, json: answer.json, stageMs: {} };
}

function wordingOf({ batch, name }: VisionModel): BatchWording {
  if (batch) return batch;
  throw new CodedError('request.invalid', `${name} takes no batches.`, { stopsRun: true });
}
