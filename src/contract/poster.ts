import type { Box } from './show.ts';

/**
 * What matters on a film poster. `text` is other print: a tagline, a date, or a printed line that nobody named.
 */
export const ELEMENT_KINDS = ['title', 'face', 'logo', 'credits', 'ratingMark', 'text'] as const;
export type ElementKind = (typeof ELEMENT_KINDS)[number];

export const ZONE_PRESETS = ['corner-badge', 'top-ten', 'bottom-bar', 'safe-margin'] as const;
export type ZonePreset = (typeof ZONE_PRESETS)[number];

/** Of the width and of the height. */
const MARGIN = 0.04;

/** What each preset covers, in fractions of the poster; the boxes of one preset do not overlap. */
export const PRESET_BOXES: Readonly<Record<ZonePreset, readonly Box[]>> = {
  /** A logo of the platform, at the top left. */
  'corner-badge': [[0, 0, 0.22, 0.12]],
  /** A mark of the ten most seen, at the top right. */
  'top-ten': [[0.78, 0, 0.22, 0.15]],
  /** Progress, or a note such as "new episodes". */
  'bottom-bar': [[0, 0.92, 1, 0.08]],
  /** What is cut off where posters are shown in other proportions. */
  'safe-margin': [
    [0, 0, 1, MARGIN],
    [0, 1 - MARGIN, 1, MARGIN],
    [0, MARGIN, MARGIN, 1 - 2 * MARGIN],
    [1 - MARGIN, MARGIN, MARGIN, 1 - 2 * MARGIN],
  ],
};

/** A part of the poster that a platform covers. `[x, y, width, height]` in fractions of the poster, within it. */
export interface ZoneWish {
  name: string;
  box: Box;
}

/**
 * What a run of posters may be told (`options`), in its full form; what is left out is as {@link DEFAULT_POSTER_OPTIONS}.
 * None of it reaches the model: with other zones the same answers are judged anew, without a call.
 */
export interface PosterOptions {
  /** Red zones: presets by name, and zones of one's own. 1–20, no name twice. */
  zones: (ZonePreset | ZoneWish)[];
  /** Kinds that must stay out of the zones; of the others it is only said that they lie there. */
  keepClear: ElementKind[];
  /** 0..1: an element violates a zone from this share of its area on. */
  minOverlap: number;
  /** 0..1: elements less sure than this are not judged. */
  minConfidence: number;
}

export const DEFAULT_POSTER_OPTIONS: PosterOptions = {
  zones: ['corner-badge', 'top-ten', 'bottom-bar'],
  keepClear: ['title', 'face', 'logo', 'credits', 'ratingMark'],
  minOverlap: 0.05,
  minConfidence: 0.3,
};

export interface PosterElement {
  kind: ElementKind;
  /** As printed; null for what has no words. */
  text: string | null;
  /** In fractions of the poster; null where nobody could say where it is, and then it is not judged. */
  box: Box | null;
  /** Who says where it is: the model, or the lines of print that were found by reading the poster's text. */
  placedBy: 'model' | 'print';
  /** 0..1 */
  confidence: number;
}

/** An element that lies in a zone, wholly or in part. */
export interface ZoneOverlap {
  /** Index in {@link PosterRecord.elements}. */
  element: number;
  /** 0..1: how much of the element's area the zone covers. */
  share: number;
}

export interface ZoneFinding {
  name: string;
  boxes: Box[];
  /** The most covered first; of all elements with a place, also of those that do not violate it. */
  overlaps: ZoneOverlap[];
  compliant: boolean;
}

/** One way out of all zones. */
export interface Remedy {
  /** At most one along each axis. The share is of the poster's height for up and down, of its width for left and right. */
  moves: { direction: 'up' | 'down' | 'left' | 'right'; share: number }[];
  /** What is to be left of the element's width and height; null where it can stay as large as it is. */
  scale: number | null;
}

/** An element that lies in a zone that it must stay out of. */
export interface Violation {
  /** Index in {@link PosterRecord.elements}. */
  element: number;
  zone: string;
  /** 0..1 */
  share: number;
  /** In plain English. */
  why: string;
  /** Null where no place on the poster is free. */
  remedy: Remedy | null;
  /** The remedy in plain English. */
  suggestion: string;
}

/** Record of the analysis `posters`: one poster. */
export interface PosterRecord {
  id: string;
  imageId: string;
  /** The file's name. */
  image: string;
  /** The part of the image that is the poster; null for the whole. */
  crop: Box | null;
  /** Width by height; null where it is not known. */
  aspect: number | null;
  /** `text`: read on this machine, without a model. Faces and logos were not looked for, the title is a guess. */
  judged: 'all' | 'text';
  /** Whether boxes were held against the print. */
  isTextRead: boolean;
  elements: PosterElement[];
  zones: ZoneFinding[];
  /** The most covered first. */
  violations: Violation[];
  compliant: boolean;
  /** What limits the verdict, in plain English. */
  remarks: string[];
}
