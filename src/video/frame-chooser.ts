import { differenceOf, type FrameSigns } from './frame-signs.ts';

/**
 * Which pictures of a video are worth a look, told while it is being decoded: the sharpest of each scene, and one more every
 * so often within it. Deterministic: it goes by the pictures and their times alone.
 */

export interface ChoiceOptions {
  /** Within a scene a frame is due so long after the one before, ms. */
  intervalMs: number;
  /** At most so many frames. */
  maxFrames: number;
  /** Of the video, ms, as far as it is known; the frames are spread over it. */
  durationMs: number;
}

export type FrameReason = 'first' | 'sceneChange' | 'interval';

export interface Candidate {
  timeMs: number;
  signs: FrameSigns;
}

export interface Chosen {
  candidate: Candidate;
  reason: FrameReason;
}

export interface Verdict {
  /** The picture that was the best so far is chosen. */
  chosen: Chosen | null;
  /** The picture offered is the best from now on: its pixels are to be held, those of the former are not. */
  isBest: boolean;
}

/** A difference (see {@link differenceOf}) from the picture before that may be a new scene … */
const LEAST_CHANGE = 12;
/** … if it is so many times what is usual now: in a shaking video all pictures differ … */
const CHANGE_OF_USUAL = 3;
/** … and one that always is, however the video shakes. */
const CERTAIN_CHANGE = 60;
/** Differences that "usual" is the median of. */
const USUAL_OF = 15;
/** Pictures that differ by less show the same. */
const LOOK_ALIKE = 7;
/** As above, for a frame that is due by time: only what did not move at all is left out. */
const IDENTICAL = 2.5;
/** Chosen frames that a new one must not look like. */
const COMPARED = 8;
/** Less contrast, or softer edges, than any picture of something has: black, white, a gradient. */
const LEAST_CONTRAST = 5;
const LEAST_SHARPNESS = 3;
/** Sharpness, as part of what is usual in the video, below which a picture is a blur. */
const BLURRED_OF_USUAL = 0.06;
/** The part of all frames that may be chosen at the very start. */
const PART_AT_ONCE = 1 / 4;
/** How long the first picture of a scene that came out of the dark may get better, ms. */
const SETTLING_MS = 1_000;

interface Window {
  reason: FrameReason;
  /** Pictures before this are too near to the frame before, ms. */
  fromMs: number;
  /** The best is chosen when this has passed, ms; null while there is none. */
  deadlineMs: number | null;
  best: Candidate | null;
}

/** The interval that a video is looked at in: wider where the frames would not reach to its end. */
export function intervalOf({ intervalMs, maxFrames, durationMs }: ChoiceOptions): number {
  return Math.max(intervalMs, (1.5 * durationMs) / maxFrames);
}

export class FrameChooser {
  readonly #options: ChoiceOptions;
  readonly #intervalMs: number;
  readonly #chosen: FrameSigns[] = [];
  readonly #changes = new Recent(USUAL_OF);
  readonly #sharpnesses = new Recent(4 * USUAL_OF);
  #count = 0;
  /** When a picture was last chosen, or left out since it shows the same. */
  #lastMs: number | null = null;
  #previous: Candidate | null = null;
  #window: Window | null = null;

  constructor(options: ChoiceOptions) {
    this.#options = options;
    this.#intervalMs = intervalOf(options);
  }

  /** Takes the next picture; they come in order of time. */
  offer(candidate: Candidate): Verdict {
    let chosen: Chosen | null = null;
    if (this.#isNewScene(candidate)) {
      chosen = this.#close();
      this.#window = { reason: 'sceneChange', fromMs: candidate.timeMs, deadlineMs: null, best: null };
    } else if (this.#window !== null && candidate.timeMs > (this.#window.deadlineMs ?? Infinity)) {
      chosen = this.#close();
      const fromMs = (this.#lastMs ?? candidate.timeMs) + this.#intervalMs / 2;
      this.#window = { reason: 'interval', fromMs, deadlineMs: null, best: null };
    }
    this.#previous = candidate;
    return { chosen, isBest: this.#isBest(candidate) };
  }

  /** After the last picture: the best so far, if it is chosen. */
  end(): Chosen | null {
    const chosen = this.#close();
    this.#window = null;
    return chosen;
  }

  #isNewScene(candidate: Candidate): boolean {
    if (this.#previous === null) return true;
    const change = differenceOf(this.#previous.signs, candidate.signs);
    const usual = this.#changes.median() ?? 0;
    const isNew = change > Math.min(CERTAIN_CHANGE, Math.max(LEAST_CHANGE, CHANGE_OF_USUAL * usual));
    if (!isNew) this.#changes.add(change);
    return isNew;
  }

  #isBest(candidate: Candidate): boolean {
    const window = this.#window;
    if (window === null || candidate.timeMs < window.fromMs || !this.#tellsSomething(candidate.signs)) return false;
    this.#sharpnesses.add(candidate.signs.sharpness);
    window.deadlineMs ??= this.#deadline(candidate.timeMs);
    if (window.best !== null && candidate.signs.sharpness <= window.best.signs.sharpness) return false;
    window.best = candidate;
    return true;
  }

  /** So that two frames are never more than the interval apart where there is something to be seen. */
  #deadline(firstMs: number): number {
    const due = (this.#lastMs ?? Infinity) + this.#intervalMs;
    return due < firstMs ? firstMs + SETTLING_MS : Math.min(firstMs + this.#intervalMs / 2, due);
  }

  #tellsSomething({ contrast, sharpness }: FrameSigns): boolean {
    const usual = this.#sharpnesses.median() ?? 0;
    return contrast >= LEAST_CONTRAST && sharpness >= Math.max(LEAST_SHARPNESS, BLURRED_OF_USUAL * usual);
  }

  #close(): Chosen | null {
    const window = this.#window;
    const best = window?.best ?? null;
    if (window === null || best === null) return null;
    if (this.#showsTheSame(best, window.reason)) {
      this.#lastMs = best.timeMs;
      return null;
    }
    if (this.#count + 1 > this.#allowedAt(best.timeMs)) return null;
    this.#chosen.push(best.signs);
    if (this.#chosen.length > COMPARED) this.#chosen.shift();
    this.#lastMs = best.timeMs;
    this.#count += 1;
    return { candidate: best, reason: this.#count === 1 ? 'first' : window.reason };
  }

  #showsTheSame({ signs }: Candidate, reason: FrameReason): boolean {
    const least = reason === 'interval' ? IDENTICAL : LOOK_ALIKE;
    return this.#chosen.some((chosen) => differenceOf(chosen, signs) < least);
  }

  /** Frames that may have been chosen by then: a video that begins with many scenes leaves some for its end. */
  #allowedAt(timeMs: number): number {
    const { maxFrames, durationMs } = this.#options;
    const passed = durationMs > 0 ? Math.min(1, timeMs / durationMs) : 1;
    const atOnce = Math.max(1, maxFrames * PART_AT_ONCE);
    return Math.floor(Math.min(maxFrames, atOnce + (maxFrames - atOnce) * passed));
  }
}

/** The last few of many numbers. */
class Recent {
  readonly #most: number;
  readonly #numbers: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(number: number): void {
    this.#numbers.push(number);
    if (this.#numbers.length > this.#most) this.#numbers.shift();
  }

  /** null while there are none. */
  median(): number | null {
    const sorted = this.#numbers.toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }
}
