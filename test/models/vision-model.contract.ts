import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CodedError } from '../../src/contract/coded-error.ts';
import type { VisionModel, VisionQuestion } from '../../src/models/port.ts';
import type { ModelStandIn, StandInFault, StandInOptions } from '../support/stand-in-types.ts';

export const KEY = 'test-key-1f6e0c9d7b3a';

/** How an adapter and its stand-in are made. */
export interface VisionModelSetup {
  name: string;
  start(options: StandInOptions): Promise<ModelStandIn & { baseUrl: string }>;
  open(baseUrl: string, apiKey: string): VisionModel;
}

const SCHEMA = {
  type: 'object',
  properties: { venue: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
  required: ['venue'],
  additionalProperties: false,
};

/** A question about an image of its own: the stand-ins do not decode it. */
export function question(image = 'image'): VisionQuestion {
  const bytes = new TextEncoder().encode(image);
  return {
    prompt: 'Which venue?',
    image: { bytes, mimeType: 'image/jpeg', width: 10, height: 10 },
    replyJsonSchema: SCHEMA,
    maxOutputTokens: null,
  };
}

export async function failureOf(work: Promise<unknown>): Promise<CodedError> {
  try {
    await work;
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown;
    throw thrown;
  }
  throw new Error('should have failed');
}

/** Everything that a careless log could print of an error: fields, stack and the whole chain of causes. */
export function everythingIn(error: unknown): string {
  return inspect(error, { depth: 12, showHidden: true, maxStringLength: null }) + JSON.stringify(error);
}

/** What every adapter of {@link VisionModel} keeps, over real HTTP against a stand-in of its service. */
export function describeVisionModel(setup: VisionModelSetup): void {
  describe(`${setup.name} keeps the contract of a vision model`, () => {
    let standIn: ModelStandIn & { baseUrl: string };
    let model: VisionModel;
    const never = new AbortController().signal;

    beforeEach(async () => {
      standIn = await setup.start({ apiKey: KEY, model: 'm-1', answer: { venue: 'The Anchor' } });
      model = setup.open(standIn.baseUrl, KEY);
    });
    afterEach(async () => {
      await model.close();
      await standIn.close();
    });

    function meet(...faults: (StandInFault | undefined)[]): void {
      standIn.set({ script: (index) => faults[index] });
    }

    it('gives the reply as JSON, with what it cost', async () => {
      standIn.set({ tokens: { input: 1_290, output: 77 } });
      const answer = await model.ask(question(), never);
      expect(answer).toEqual({ json: { venue: 'The Anchor' }, tokens: { input: 1_290, output: 77 } });
      expect(standIn.calls).toHaveLength(1);
      expect(standIn.calls[0]).toMatchObject({ status: 200, aborted: false });
    });

    it('sends the image byte for byte, and the prompt', async () => {
      const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
      const view = new Uint8Array(bytes.buffer, 100, 512);
      await model.ask({ ...question(), image: { mimeType: 'image/jpeg', width: 16, height: 32, bytes: view } }, never);
      const expected = Buffer.from(await crypto.subtle.digest('SHA-256', view)).toString('hex');
      expect(standIn.asks[0]).toMatchObject({ imageSha256: expected, imageBytes: 512, model: 'm-1' });
      expect(standIn.asks[0]?.prompt).toContain('Which venue?');
    });

    it('reads a fenced reply', async () => {
      meet({ kind: 'text', text: 'Here it is:\n```json\n{"venue": "X",}\n```' });
      expect((await model.ask(question(), never)).json).toEqual({ venue: 'X' });
    });

    const cases: [string, StandInFault, object][] = [
      ['a refused key', { kind: 'keyRefused' }, { code: 'model.keyRefused', retryable: false, stopsRun: true }],
      [
        'an empty account',
        { kind: 'accountEmpty' },
        { code: 'model.accountEmpty', retryable: false, pausesRun: { until: null } },
      ],
      [
        'the quota of the minute',
        { kind: 'quotaPerMinute', retryDelayMs: 17_000 },
        { code: 'model.quotaPerMinute', retryable: true, stopsRun: false, signal: 'quota', retryAfterMs: 17_000 },
      ],
      [
        'the quota of the day',
        { kind: 'quotaPerDay' },
        { code: 'model.quotaPerDay', retryable: false, pausesRun: {}, retryAfterMs: null },
      ],
      [
        'a 503',
        { kind: 'unavailable' },
        { code: 'model.unavailable', retryable: true, signal: 'load', stopsRun: false },
      ],
      ['a 500', { kind: 'unavailable', status: 500 }, { code: 'model.unavailable', retryable: true, signal: 'load' }],
      ['a 504', { kind: 'unavailable', status: 504 }, { code: 'model.unavailable', retryable: true, signal: 'load' }],
      ['a reset', { kind: 'reset', afterMs: 20 }, { code: 'model.unreachable', retryable: true, signal: null }],
      ['a reset in the body', { kind: 'resetInBody' }, { code: 'model.unreachable', retryable: true }],
      ['HTTP 200 without JSON', { kind: 'malformedJson' }, { code: 'model.replyInvalid', retryable: true }],
      ['HTTP 200 with null', { kind: 'http', status: 200, body: 'null' }, { retryable: true, stopsRun: false }],
      ['HTTP 200 with HTML', { kind: 'http', status: 200, body: '<html>' }, { retryable: true, stopsRun: false }],
      ['a reply in prose', { kind: 'text', text: 'I see a bar.' }, { code: 'model.replyInvalid', retryable: true }],
      ['a truncated reply', { kind: 'truncated' }, { code: 'model.truncated', retryable: true }],
      [
        'a blocked question',
        { kind: 'blocked', at: 'prompt' },
        { code: 'model.blocked', retryable: false, stopsRun: false },
      ],
      ['a blocked answer', { kind: 'blocked', at: 'candidate' }, { code: 'model.blocked', retryable: false }],
      ['an empty reply', { kind: 'empty' }, { code: 'model.emptyReply', retryable: true }],
      ['no candidate', { kind: 'noCandidate' }, { code: 'model.emptyReply', retryable: true }],
      [
        'an unknown 400',
        { kind: 'http', status: 400, body: { error: { code: 400, message: 'Request contains an invalid argument.' } } },
        { code: 'model.requestRefused', retryable: false, stopsRun: false },
      ],
    ];
    it.each(cases)('tells %s, after one request, without the key in the error', async (_, fault, expected) => {
      meet(fault);
      const failure = await failureOf(model.ask(question(), never));
      expect(failure.toData()).toMatchObject(expected);
      expect(failure.message).not.toMatch(/[{}]|undefined|null|https?:/);
      expect(everythingIn(failure)).not.toContain(KEY);
      expect(standIn.calls).toHaveLength(1);
    });

    it('keeps the key out of errors even where the server repeats it', async () => {
      const message = `Permission denied: Consumer 'api_key:${KEY}' has been suspended.`;
      meet({ kind: 'http', status: 403, body: { error: { code: 403, message, status: 'PERMISSION_DENIED' } } });
      const failure = await failureOf(model.ask(question(), never));
      expect(failure.toData()).toMatchObject({ code: 'model.keyRefused', stopsRun: true });
      expect(everythingIn(failure)).not.toContain(KEY);
    });

    it('says so where nobody listens', async () => {
      await standIn.close();
      const failure = await failureOf(model.ask(question(), never));
      expect(failure.toData()).toMatchObject({ code: 'model.unreachable', retryable: true, stopsRun: false });
      expect(everythingIn(failure)).not.toContain(KEY);
    });

    it('refuses a wrong key and a key that no header can carry alike', async () => {
      for (const key of ['another-key', 'bad\nkey', 'ключ', '']) {
        const failure = await failureOf(setup.open(standIn.baseUrl, key).ask(question(), never));
        expect(failure.toData()).toMatchObject({ code: 'model.keyRefused', stopsRun: true });
        if (key !== '') expect(everythingIn(failure)).not.toContain(key);
      }
    });

    it('says so where the model does not exist', async () => {
      standIn.set({ model: 'm-2' });
      expect(await failureOf(model.ask(question(), never))).toMatchObject({ code: 'model.notFound', stopsRun: true });
    });

    it.each(['hang', 'latency'])('stops the request at the socket when aborted (%s)', async (how) => {
      if (how === 'hang') meet({ kind: 'hang' });
      else standIn.set({ latencyMs: 20_000 });
      const controller = new AbortController();
      const reason = new Error('the time is up');
      const asked = model.ask(question(), controller.signal);
      const ended = asked.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      while (standIn.inFlight === 0) await sleep(2);
      const abortedAt = Date.now();
      controller.abort(reason);
      expect(await ended).toBe(reason);
      while (standIn.inFlight > 0 && Date.now() < abortedAt + 1000) await sleep(2);
      expect(standIn.calls[0]).toMatchObject({ aborted: true, status: null });
      expect((standIn.calls[0]?.endedAt ?? Infinity) - abortedAt).toBeLessThanOrEqual(100);
    });

    it('asks nothing when aborted beforehand', async () => {
      const reason = new Error('cancelled');
      await expect(model.ask(question(), AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(standIn.calls).toHaveLength(0);
    });

    it('bears 300 calls in flight, each with its own answer', async () => {
      standIn.set({ latencyMs: 400, answerFor: (ask) => ({ venue: ask.imageSha256 }) });
      const startedAt = Date.now();
      const asked = Array.from({ length: 300 }, (_, index) => model.ask(question(`image ${index}`), never));
      const answers = await Promise.all(asked);
      expect(standIn.maxInFlight).toBe(300);
      expect(new Set(answers.map(({ json }) => JSON.stringify(json))).size).toBe(300);
      expect(standIn.callsPerImage.size).toBe(300);
      expect(Date.now() - startedAt).toBeLessThan(5_000);
    });

    it('leaves no listener on a signal that many calls share', async () => {
      const controller = new AbortController();
      let listeners = 0;
      const { signal } = controller;
      const add = signal.addEventListener.bind(signal);
      const remove = signal.removeEventListener.bind(signal);
      signal.addEventListener = (...args: Parameters<typeof add>) => (listeners++, add(...args));
      signal.removeEventListener = (...args: Parameters<typeof remove>) => (listeners--, remove(...args));
      for (let asked = 0; asked < 5; asked++) await model.ask(question(), signal);
      expect(listeners).toBe(0);
    });
  });
}
