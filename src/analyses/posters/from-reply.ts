import type { PosterElement, PosterRecord } from '../../contract/poster.ts';
import { boxOfEdges } from '../reply-boxes.ts';
import { UNSTATED_CONFIDENCE } from '../reply-fields.ts';
import type { Reply } from './reply-schema.ts';

/** What one poster shows, before anybody asks what covers it. */
export type PosterReading = Pick<PosterRecord, 'aspect' | 'judged' | 'isTextRead' | 'elements'>;

/** Of the opened image, as `measure` gives it. */
export interface MeasuredSize {
  width: number;
  height: number;
}

const LONGEST_TEXT = 500;
/** More is a model that repeats itself. */
const MOST_ELEMENTS = 100;

/**
 * Always one reading: that a poster has nothing that could be covered is an answer too.
 *
 * @param measured size of the image; null where it was not measured
 */
export function posterFromReply(reply: Reply, measured: unknown): PosterReading[] {
  const elements = reply.elements.slice(0, MOST_ELEMENTS).map((element): PosterElement => ({
    kind: element.kind,
    text: element.text === null ? null : plainText(element.text),
    box: boxOfEdges(element),
    placedBy: 'model',
    confidence: element.confidence ?? UNSTATED_CONFIDENCE,
  }));
  const size = measured as MeasuredSize | null;
  return [{ aspect: size === null ? null : aspectOf(size), judged: 'all', isTextRead: false, elements }];
}

export function aspectOf({ width, height }: MeasuredSize): number | null {
  return width > 0 && height > 0 ? Math.round((width / height) * 10_000) / 10_000 : null;
}

export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_TEXT);
}
