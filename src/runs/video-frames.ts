import { framesOf } from '../video/frames.ts';
import type { ChosenFrame, FrameSource } from './frame-arrivals.ts';

/** Frames as `video/` chooses them; the time of one is when what it shows began, not when it was sharpest. */
export const framesSource: FrameSource = {
  async *framesOf(file, signal): AsyncGenerator<ChosenFrame> {
    for await (const { index, fromMs, jpeg } of framesOf(file, {}, signal)) yield { index, timeMs: fromMs, jpeg };
  },
};
