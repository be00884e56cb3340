import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameChooser, intervalOf, type Candidate, type ChoiceOptions, type Chosen } from './frame-chooser.ts';
import { signsOf, type FrameSigns } from './frame-signs.ts';

/** A picture of a scene: its parts are the scene's own, `moved` of them the picture's. */
function picture(scene: number, moved = 0, softness = 1): FrameSigns {
  const pixels = Uint8Array.from({ length: 160 * 90 }, (_, at) => {
    const [x, y] = [at % 160, Math.floor(at / 160)];
    const cell = Math.floor(x / 20) * 31 + Math.floor(y / 18) * 17 + scene * 101;
    const bar = Math.abs(x - ((moved * 37) % 151)) < 8 ? 40 + (moved % 5) * 20 : 0;
    return 128 + (((cell * 7919) % 160) - 80 + bar) * softness;
  });
  return signsOf({ width: 160, height: 90, pixels });
}

function choose(candidates: readonly Candidate[], options: Partial<ChoiceOptions> = {}): Chosen[] {
  const durationMs = candidates.at(-1)?.timeMs ?? 0;
  const chooser = new FrameChooser({ intervalMs: 10_000, maxFrames: 200, durationMs, ...options });
  const chosen = candidates.map((candidate) => chooser.offer(candidate).chosen);
  chosen.push(chooser.last().chosen, chooser.close());
  return chosen.filter((one) => one !== null);
}

const every500Ms = (signs: readonly FrameSigns[]): Candidate[] =>
  signs.map((of, at) => ({ timeMs: at * 500, signs: of }));

const black = signsOf({ width: 160, height: 90, pixels: new Uint8Array(160 * 90) });
/** A few pictures drawn once, for properties to put together. */
const PICTURES = [black, ...Array.from({ length: 24 }, (_, at) => picture(at % 4, at))];
const videos = fc
  .array(fc.nat({ max: PICTURES.length - 1 }), { minLength: 1, maxLength: 40 })
  .map((indexes) => every500Ms(indexes.map((index) => PICTURES[index] ?? black)));

describe('FrameChooser', () => {
  it('takes the sharpest picture of each scene', () => {
    const signs = [0, 0, 0, 0, 1, 1, 1, 1].map((scene, at) => picture(scene, 0, at % 4 === 2 ? 1 : 0.9));
    expect(choose(every500Ms(signs)).map(({ candidate, reason }) => [candidate.timeMs, reason])).toEqual([
      [1_000, 'first'],
      [3_000, 'sceneChange'],
    ]);
  });

  it('knows a scene that is gone back to', () => {
    const signs = [0, 0, 1, 1, 0, 0, 1, 1].map((scene) => picture(scene));
    expect(choose(every500Ms(signs)).map(({ candidate }) => candidate.timeMs)).toEqual([0, 1_000]);
  });

  it('takes no picture that tells nothing', () => {
    expect(choose(every500Ms([black, black, picture(1), picture(1), black, black]))).toHaveLength(1);
    expect(choose(every500Ms([black, black]))).toEqual([]);
  });

  it('is not misled by a scene in which all moves', () => {
    const signs = Array.from({ length: 18 }, (_, at) => picture(1, at));
    expect(choose(every500Ms(signs)).length).toBeLessThanOrEqual(3);
  });

  it('is not misled by a hand that moves over a still picture', () => {
    const hand = (at: number) => {
      const pixels = picture(1).grey.pixels.map((level, place) => {
        const [x, y] = [place % 80, Math.floor(place / 80)];
        return at > 0 && Math.abs(x - ((at * 29) % 70)) < 14 && y > 12 ? 250 - (x % 3) * 8 : level;
      });
      return signsOf({ width: 80, height: 45, pixels });
    };
    const moving = Array.from({ length: 18 }, (_, at) => hand(at + 1));
    const signs = [
      ...Array.from({ length: 20 }, () => hand(0)),
      ...moving,
      ...Array.from({ length: 4 }, () => hand(0)),
    ];
    expect(choose(every500Ms(signs)).length).toBeLessThanOrEqual(5);
  });

  it('widens the interval of a long video', () => {
    expect(intervalOf({ intervalMs: 10_000, maxFrames: 200, durationMs: 600_000 })).toBe(10_000);
    expect(intervalOf({ intervalMs: 10_000, maxFrames: 200, durationMs: 7_200_000 })).toBe(54_000);
  });

  it('gives frames in order of time, each once, the first as such, never more than asked for', () => {
    fc.assert(
      fc.property(videos, fc.integer({ min: 1, max: 12 }), (candidates, maxFrames) => {
        const chosen = choose(candidates, { maxFrames });
        const times = chosen.map(({ candidate }) => candidate.timeMs);
        expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
        expect(chosen.length).toBeLessThanOrEqual(maxFrames);
        expect(chosen.every(({ reason }, at) => (reason === 'first') === (at === 0))).toBe(true);
        expect(chosen.every(({ candidate }) => candidate.signs !== black)).toBe(true);
        if (candidates.some(({ signs }) => signs !== black)) expect(chosen.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });

  it('goes by nothing but the pictures', () => {
    fc.assert(
      fc.property(videos, (candidates) => expect(choose(candidates)).toEqual(choose(candidates))),
      { numRuns: 10 },
    );
  });

  it('leaves no more than the interval between two frames while something moves', () => {
    const signs = Array.from({ length: 120 }, (_, at) => picture(Math.floor(at / 37), at));
    const times = choose(every500Ms(signs), { intervalMs: 6_000 }).map(({ candidate }) => candidate.timeMs);
    const gaps = [...times, 59_500].map((timeMs, at) => timeMs - (times[at - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(6_000);
  });

  it('says of each picture that it is the best before it is chosen', () => {
    fc.assert(
      fc.property(videos, (candidates) => {
        const chooser = new FrameChooser({ intervalMs: 5_000, maxFrames: 200, durationMs: 40_000 });
        let held: Candidate | null = null;
        let pending: Candidate | null = null;
        for (const next of [...candidates, null]) {
          const { chosen, isBest } = next === null ? chooser.last() : chooser.offer(next);
          if (chosen !== null) expect(chosen.candidate).toBe(held);
          if (isBest) held = pending;
          pending = next;
        }
        const last = chooser.close();
        if (last !== null) expect(last.candidate).toBe(held);
      }),
      { numRuns: 30 },
    );
  });
});
