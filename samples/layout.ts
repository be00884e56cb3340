import type { Canvas } from '@napi-rs/canvas';
import type { Metro } from './gazetteer.ts';
import type { Random } from './random.ts';
import type { ImageShow } from './truth.ts';
import type { PlannedShow } from './world.ts';

/** What a layout is given to draw. */
export interface Scene {
  random: Random;
  metro: Metro;
  /** The shows of the region, least shown first. A layout takes those it has a place for. */
  shows: readonly PlannedShow[];
  /** 1080 or 720. */
  width: number;
}

export interface Drawing {
  canvas: Canvas;
  /** What the picture says, in the words it says it. */
  facts: ImageShow[];
}

export type Layout = (scene: Scene) => Drawing;
