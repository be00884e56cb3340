import { changesOf, differenceOf, meanOf, type FrameSigns } from './frame-signs.ts';

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
  /** When what it shows began: the scene, the caption, or the stretch within it. */
  fromMs: number;
  reason: FrameReason;
}

/** What became of the picture that was offered before the last one: what comes after a picture helps to judge it. */
export interface Verdict {
  /** The picture that was the best until then is chosen. */
  chosen: Chosen | null;
  /** It is the best from now on: its pixels are to be held, those of the former are not. */
  isBest: boolean;
}

/** A mean change (levels of 255) since the picture before that may be a new scene … */
const LEAST_CHANGE = 9;
/** … if it is so many times what is usual now: in a shaking video all pictures differ … */
const CHANGE_OF_USUAL = 3;
/** … and one that is however the video shakes … */
const CERTAIN_CHANGE = 45;
/** Changes that "usual" is the median of. */
const USUAL_OF = 15;
/** … unless it goes on: so many times the median of the last few. A hand in front of the camera is no scene at each move. */
const CHANGE_OF_LAST = 1.5;
const LAST_OF = 3;
/** Levels by which a part of the picture changes that shows something new, and those of one that stands still. */
const PART_CHANGE = 12;
const PART_STILL = 5;
/** A caption: so much of the picture is new, was still before and is still after. What moves is never still. */
const NEW_PART = 0.02;
/** No second caption is looked for so soon, ms: a hand that puts things down would be one after another. */
const PART_EVERY_MS = 1_500;
/** Pictures that differ by less show the same. */
const LOOK_ALIKE = 7;
/** As above, for a frame that is due by time: only what did not move at all is left out. */
const IDENTICAL = 2.5;
/** Chosen frames that a new one must not look like, and pictures of the scene of each that are remembered. */
const COMPARED = 8;
const REMEMBERED = 24;
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
  startMs: number;
  /** Pictures before this are too near to the frame before, ms. */
  fromMs: number;
  /** The best is chosen when this has passed, ms; null while there is none. */
  deadlineMs: number | null;
  best: Candidate | null;
  /** Its pictures, best or not. */
  pictures: FrameSigns[];
}

/** What was chosen, and the pictures that it stands for. */
interface Stored {
  best: FrameSigns;
  pictures: readonly FrameSigns[];
}

/** A picture, and what changed in each part of it since the one before. */
interface Seen {
  candidate: Candidate;
  changes: Float64Array | null;
}

/** The interval that a video is looked at in: wider where the frames would not reach to its end. */
export function intervalOf({ intervalMs, maxFrames, durationMs }: ChoiceOptions): number {
  return Math.max(intervalMs, (1.5 * durationMs) / maxFrames);
}

export class FrameChooser {
  readonly #options: ChoiceOptions;
  readonly #intervalMs: number;
  readonly #chosen: Stored[] = [];
  readonly #usualChange = new Recent(USUAL_OF);
  readonly #usualSharpness = new Recent(4 * USUAL_OF);
  #count = 0;
  /** When a picture was last chosen, or left out since it shows the same. */
  #lastMs: number | null = null;
  /** The last picture offered, and what changed up to the one before it. */
  #pending: Seen | null = null;
  #changesBefore: Float64Array | null = null;
  #window: Window | null = null;

  constructor(options: ChoiceOptions) {
    this.#options = options;
    this.#intervalMs = intervalOf(options);
  }

  /** Takes the next picture, in order of time, and judges the one before it. */
  offer(candidate: Candidate): Verdict {
    const pending = this.#pending;
    const changes = pending === null ? null : changesOf(pending.candidate.signs, candidate.signs);
    const verdict = pending === null ? { chosen: null, isBest: false } : this.#judge(pending, changes);
    this.#changesBefore = pending?.changes ?? null;
    this.#pending = { candidate, changes };
    return verdict;
  }

  /** After the last picture, which is judged; {@link close} comes after it. */
  last(): Verdict {
    const pending = this.#pending;
    this.#pending = null;
    return pending === null ? { chosen: null, isBest: false } : this.#judge(pending, null);
  }

  /** The best so far, if it is chosen. */
  close(): Chosen | null {
    const window = this.#window;
    this.#window = null;
    if (window === null || window.best === null) return null;
    const { best, reason, pictures, startMs } = window;
    if (this.#showsTheSame(best, reason)) {
      this.#lastMs = best.timeMs;
      return null;
    }
    if (this.#count + 1 > this.#allowedAt(best.timeMs)) return null;
    this.#chosen.push({ best: best.signs, pictures });
    if (this.#chosen.length > COMPARED) this.#chosen.shift();
    this.#lastMs = best.timeMs;
    this.#count += 1;
    return { candidate: best, fromMs: startMs, reason: this.#count === 1 ? 'first' : reason };
  }

  #judge(pending: Seen, after: Float64Array | null): Verdict {
    const { timeMs } = pending.candidate;
    let chosen: Chosen | null = null;
    if (this.#isNewScene(pending, after)) {
      chosen = this.close();
      this.#window = {
        reason: 'sceneChange',
        startMs: timeMs,
        fromMs: timeMs,
        deadlineMs: null,
        best: null,
        pictures: [],
      };
    } else if (this.#window === null || timeMs > (this.#window.deadlineMs ?? Infinity)) {
      chosen = this.close();
      const fromMs = this.#lastMs === null ? timeMs : this.#lastMs + this.#intervalMs / 2;
      this.#window = { reason: 'interval', startMs: timeMs, fromMs, deadlineMs: null, best: null, pictures: [] };
    }
    return { chosen, isBest: this.#isBest(pending.candidate) };
  }

  #isNewScene({ candidate, changes }: Seen, after: Float64Array | null): boolean {
    if (changes === null) return true;
    const change = meanOf(changes);
    const usual = this.#usualChange.median() ?? 0;
    const last = this.#usualChange.median(LAST_OF) ?? 0;
    this.#usualChange.add(change);
    const most = Math.min(CERTAIN_CHANGE, CHANGE_OF_USUAL * usual);
    if (change > Math.max(LEAST_CHANGE, most, CHANGE_OF_LAST * last)) return true;
    const sinceMs = candidate.timeMs - (this.#window?.startMs ?? -Infinity);
    return sinceMs >= PART_EVERY_MS && this.#hasNewPart(changes, after);
  }

  #hasNewPart(changes: Float64Array, after: Float64Array | null): boolean {
    const before = this.#changesBefore;
    if (before === null || after === null) return false;
    const isNew = (change: number, part: number): boolean =>
      change > PART_CHANGE && (before[part] ?? 0) < PART_STILL && (after[part] ?? 0) < PART_STILL;
    return changes.filter(isNew).length >= NEW_PART * changes.length;
  }

  #isBest(candidate: Candidate): boolean {
    const window = this.#window;
    const { signs } = candidate;
    if (window === null || !this.#tellsSomething(signs)) return false;
    if (window.pictures.length < REMEMBERED) window.pictures.push(signs);
    if (candidate.timeMs < window.fromMs) return false;
    this.#usualSharpness.add(signs.sharpness);
    window.deadlineMs ??= this.#deadline(candidate.timeMs);
    if (window.best !== null && signs.sharpness <= window.best.signs.sharpness) return false;
    window.best = candidate;
    return true;
  }

  /** So that two frames are never more than the interval apart where there is something to be seen. */
  #deadline(firstMs: number): number {
    const due = (this.#lastMs ?? Infinity) + this.#intervalMs;
    return due < firstMs ? firstMs + SETTLING_MS : Math.min(firstMs + this.#intervalMs / 2, due);
  }

  #tellsSomething({ contrast, sharpness }: FrameSigns): boolean {
    const usual = this.#usualSharpness.median() ?? 0;
    return contrast >= LEAST_CONTRAST && sharpness >= Math.max(LEAST_SHARPNESS, BLURRED_OF_USUAL * usual);
  }

  /** A scene that is gone back to is known by any of its pictures: in the one chosen the hand may be elsewhere. */
  #showsTheSame({ signs }: Candidate, reason: FrameReason): boolean {
    if (reason === 'interval') return this.#chosen.some(({ best }) => differenceOf(best, signs) < IDENTICAL);
    return this.#chosen.some(({ pictures }) => pictures.some((picture) => differenceOf(picture, signs) < LOOK_ALIKE));
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

  /** Of the last `count`, or of all; null while there are none. */
  median(count = this.#most): number | null {
    const sorted = this.#numbers.slice(-count).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }
}
