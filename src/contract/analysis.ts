import type { z } from 'zod';
import type { AnalysisName, OwnFormat } from './run.ts';
import type { Box } from './show.ts';
import type { PageText } from './text-line.ts';

/** What the person who started the run said about the pile; every field may be missing. */
export interface RunContext {
  /** IANA name. */
  timezone: string | null;
  city: string | null;
  state: string | null;
  notes: string | null;
  /** The run's start, RFC 3339: what "this Saturday" is counted from. */
  startedAt: string;
  /** What this run was told for its analysis, as its {@link Analysis.optionsSchema} gives it; missing where it takes nothing. */
  options?: unknown;
}

/** What one image gave. Plain data: it crosses threads and is stored as JSON. */
export interface Observation<Reading> {
  imageId: string;
  /** The file's name, as data for people; never a path to open. */
  image: string;
  /** Place of this reading among the image's own readings, from 0. */
  index: number;
  /** The part of the upright image that was asked about; missing for the whole. */
  crop?: Box;
  /** Of a frame of a video: its time in it, ms. */
  timeMs?: number;
  reading: Reading;
}

/** Upright pixels, three bytes (red, green, blue) each, row by row. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
}

/** A column of a list of records: its header, and what stands below it. */
export type RecordColumn<Merged> = readonly [header: string, read: (record: Merged) => string | number | null];

/** What is written from all readings of a run together, by one more question, without an image, after the last of them. */
export interface Conclusion<Reading = unknown, Merged = unknown, Reply = unknown> {
  /** @returns null where there is nothing to conclude from */
  prompt(observations: readonly Observation<Reading>[], context: RunContext): string | null;
  readonly replySchema: z.ZodType<Reply>;
  /** Pure: the records of the run. Those that {@link Analysis.merge} gives meanwhile have the same ids. */
  records(reply: Reply, observations: readonly Observation<Reading>[], context: RunContext): Merged[];
}

/** A question about an image that is not the analysis' own: where its objects are ({@link Detecting}). */
export type OtherQuestion = 'boxes';

/**
 * What is asked about a whole image where its parts are not known: where the objects are, each of which is then asked about by
 * itself. Boxes that a reply names twice, or that are too small to be looked at, are its own business to leave out.
 */
export interface Detecting<Reply = unknown> {
  /** @param options as {@link RunContext.options} */
  isWanted(options: unknown): boolean;
  prompt(context: RunContext): string;
  readonly replySchema: z.ZodType<Reply>;
  /** Fractions of the upright image, in an order that the reply alone decides. */
  boxes(reply: Reply): Box[];
}

/** A picture of an image of the run, for a file made of its result. */
export interface Picture {
  jpeg: Uint8Array;
  /** Pixels. */
  width: number;
  height: number;
}

/** @returns null where the picture is not there any more, or cannot be opened */
export type PictureOf = (imageId: string, maxSide: number) => Promise<Picture | null>;

/** What a file of an analysis' own format is made from. Text in it was read off images: it is data, never markup. */
export interface FileSource<Merged> {
  records: readonly Merged[];
  picture: PictureOf;
}

/**
 * One kind of question about images. A new analysis is one folder in `analyses/` that exports one of these.
 *
 * @typeParam Reply what a vision model answers, as {@link replySchema} defines it
 * @typeParam Reading what one image says about one record
 * @typeParam Merged a record after merging across images
 */
export interface Analysis<Reply = unknown, Reading = unknown, Merged = unknown> {
  readonly name: AnalysisName;
  /** The words sent with each image. */
  prompt(context: RunContext): string;
  /** The one definition of the reply: given to the model as JSON schema, and every reply is checked against it. */
  readonly replySchema: z.ZodType<Reply>;
  /** @param measured what {@link measure} gave for this image; null without it, and for parts of an image */
  fromReply(reply: Reply, context: RunContext, measured: unknown): Reading[];
  /**
   * Present where something is better measured than asked: once for each whole image, in a thread. Plain data, or a promise of it: a
   * library that only this needs is loaded here, and not with every thread.
   */
  measure?(pixels: Pixels): unknown;
  /** Present where the analysis can be done from the text of the image alone, on this machine. */
  fromText?(page: PageText, context: RunContext): Reading[];
  /**
   * Present where the printed text of an image can tell which words support a model's readings: the same readings in the
   * same order, each field with the place of its words, with `grounded`, and with a confidence. Boxes are fractions of the
   * upright image. Pure.
   */
  ground?(page: PageText, readings: readonly Reading[], context: RunContext): Reading[];
  /** Present where a run can be told something: checks it, and gives the defaults for `{}`. Decides no answer of a model. */
  readonly optionsSchema?: z.ZodType;
  /** Present where the objects of an image can be found first, and then asked about one by one. */
  readonly detect?: Detecting;
  /** Whether the printed text of each whole image is read in any case: {@link ground} is then always asked. */
  readonly needsText?: boolean;
  /** Pure; any order of arrival gives the same records. */
  merge(observations: readonly Observation<Reading>[], context: RunContext): Merged[];
  /** Present where the records are written from all readings together; {@link merge} then gives what is known so far. */
  readonly conclude?: Conclusion<Reading, Merged>;
  /** Present where readings can be searched by meaning: what this one is about, in words; null for nothing. */
  textOf?(reading: Reading): string | null;
  /** Whether it takes a video, whose frames are then its images. */
  readonly takesVideo?: boolean;
  /** Of its records as a table or CSV; missing for shows, which have formats of their own. */
  readonly columns?: readonly RecordColumn<Merged>[];
  /** Formats of its own, beside JSON and CSV; `isExportable` (`contract/run.ts`) lists them. A library for one is loaded in it. */
  readonly files?: Partial<Record<OwnFormat, (source: FileSource<Merged>) => Promise<Uint8Array | string>>>;
}
