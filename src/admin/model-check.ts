import { CodedError, toFailureData, type ErrorCode } from '../contract/coded-error.ts';
import type { ModelInfo, ModelTest } from '../contract/model-test.ts';
import { encodePixels } from '../images/open-image.ts';
import { modelName, openModel } from '../models/open-model.ts';
import type { ModelConfig, VisionModel } from '../models/port.ts';

export interface ModelCheckParts {
  /** Null where none is set up. Holds a key. */
  model: ModelConfig | null;
  /** What is missing then. */
  problem: string | null;
  /** Loads the reader of this machine in its threads. Rejects where it cannot. */
  loadHere: () => Promise<void>;
}

const TIMEOUT_MS = 30_000;
/** Services refuse images of a few pixels. */
const SIDE_PX = 96;
/** Room for a model that thinks first; the answer itself is a word. */
const MAX_OUTPUT_TOKENS = 512;
const PROMPT = 'This is a test of the connection. Answer with {"ok": true}.';
const REPLY_SCHEMA = {
  type: 'object',
  properties: { ok: { type: 'boolean' } },
  required: ['ok'],
  additionalProperties: false,
};

/** What the adapters say speaks of a run, which goes on by itself; this is one call, and a person waits for it. */
const WORDS: Partial<Record<ErrorCode, string>> = {
  'model.unreachable':
    'The service could not be reached. Check the internet connection of this machine, and the base URL if you set one.',
  'model.unavailable': 'The service is overloaded or has a fault at the moment. Test again in a minute.',
  'model.quotaPerMinute':
    'The key works, but it has made as many requests as it may in a minute. Test again in a minute; runs wait by themselves.',
  'model.quotaPerDay':
    'The key works, but it has made as many requests as it may today. Runs can be resumed tomorrow, or with a larger quota.',
  'model.accountEmpty': 'The key works, but its account has no credit left, or its plan does not include this model.',
};

/** Finds out by one real call whether the model answers. Never tells the key. */
export class ModelCheck {
  readonly #parts: ModelCheckParts;
  #underWay: Promise<ModelTest> | null = null;

  constructor(parts: ModelCheckParts) {
    this.#parts = parts;
  }

  get info(): ModelInfo {
    const { model, problem } = this.#parts;
    if (model === null) return { kind: null, name: null, problem, keySet: false };
    const keySet = model.kind !== 'local' && (model.apiKey ?? '') !== '';
    return { kind: model.kind, name: modelName(model), problem, keySet };
  }

  /** One at a time: who asks meanwhile gets the answer of the call that is under way. */
  test(): Promise<ModelTest> {
    this.#underWay ??= this.#test().finally(() => (this.#underWay = null));
    return this.#underWay;
  }

  async #test(): Promise<ModelTest> {
    const { model, problem, loadHere } = this.#parts;
    if (model === null) {
      const detail = problem ?? 'No model is set up.';
      return { ok: false, model: null, ms: 0, code: 'model.notConfigured', detail };
    }
    const head = { model: modelName(model) };
    const startedAt = performance.now();
    const ms = () => Math.round(performance.now() - startedAt);
    try {
      const answered = model.kind === 'local' ? await loadHere().then(() => HERE) : await asked(model);
      return { ...head, ok: true, ms: ms(), code: null, detail: answered };
    } catch (error) {
      const { code, detail } = toFailureData(error);
      // It answered at length: that is more than was to be found out.
      if (code === 'model.truncated') return { ...head, ok: true, ms: ms(), code: null, detail: ANSWERED };
      const words = code === 'internal' ? 'The test failed in a way this program does not know.' : detail;
      return { ...head, ok: false, ms: ms(), code, detail: WORDS[code] ?? words };
    }
  }
}

const ANSWERED = 'The model answered.';
const HERE = 'The text reader of this machine is ready. It needs no key.';

async function asked(config: ModelConfig): Promise<string> {
  const model = await openModel(config);
  if (model.kind !== 'vision')
    throw new CodedError('internal', 'A text reader was asked as if it were a vision model.');
  const stop = new AbortController();
  const tooLong = setTimeout(() => stop.abort(timeout()), TIMEOUT_MS);
  try {
    await model.ask(await question(model), stop.signal);
    return ANSWERED;
  } finally {
    clearTimeout(tooLong);
    await model.close();
  }
}

async function question({ imageNeeds }: VisionModel): Promise<Parameters<VisionModel['ask']>[0]> {
  const white = new Uint8Array(SIDE_PX * SIDE_PX * 3).fill(255);
  const image = await encodePixels({ data: white, width: SIDE_PX, height: SIDE_PX }, imageNeeds);
  return { prompt: PROMPT, image, replyJsonSchema: REPLY_SCHEMA, maxOutputTokens: MAX_OUTPUT_TOKENS };
}

function timeout(): CodedError {
  return new CodedError('model.timeout', `The model did not answer within ${TIMEOUT_MS / 1_000} s.`);
}
