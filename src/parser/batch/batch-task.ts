import { findAnalysis } from '../../analyses/registry.ts';
import { CodedError } from '../../contract/coded-error.ts';
import type { BatchWording, VisionModel } from '../../models/port.ts';
import { askedOf, checkedReply } from '../prepare-image.ts';
import { replyJsonSchema } from '../reply-json-schema.ts';
import type { Answer, BatchAnswerTask, BatchLineTask, WordedLine } from '../worker-protocol.ts';

/** In a thread: a question as a line of a batch's file. */
export function wordedLine(
  model: VisionModel,
  { image, context, analysis: name, maxOutputTokens, id }: BatchLineTask,
): WordedLine {
  const analysis = findAnalysis(name);
  const { prompt } = askedOf(context, model, analysis);
  const question = { prompt, image, replyJsonSchema: replyJsonSchema(analysis), maxOutputTokens };
  return { line: wordingOf(model).line(question, id) };
}

/** In a thread: what a line of a batch's output says. @throws CodedError as an answer to a single call */
export function answerOfLine(
  model: VisionModel,
  { analysis: name, context, line, measured }: BatchAnswerTask,
  tokens: { input: number; output: number },
): Answer {
  const analysis = findAnalysis(name);
  const answer = wordingOf(model).answer(line, { replyJsonSchema: replyJsonSchema(analysis) });
  Object.assign(tokens, answer.tokens);
  const readings = analysis.fromReply(checkedReply(analysis, answer.json), context, measured);
  return { readings, json: answer.json, stageMs: {} };
}

function wordingOf({ batch, name }: VisionModel): BatchWording {
  if (batch) return batch;
  throw new CodedError('request.invalid', `${name} takes no batches.`, { stopsRun: true });
}
