/** The shapes of piles and of the images of runs, as schemas; see schemas.ts. */
import { z } from 'zod';
import type { Pile, PileStarted } from './pile.ts';
import type { RunImages } from './run-images.ts';
import type { Same } from './schemas.ts';

const count = z.int().min(0);
const pixels = z.int().min(1).nullable();

const looksLike = z.array(z.object({ position: count, bits: count }));

export const pileStartedSchema = z.object({
  pileId: z.string(),
  pileToken: z.string().describe('lets its bearer add to this pile, read it and start runs from it; shown only here'),
  limits: z.object({ maxImages: count, maxBytesPerFile: count }),
});

export const pileSchema = z.object({
  pileId: z.string(),
  audience: z.enum(['admin', 'public']),
  images: z.array(
    z.object({
      position: count.describe('stable, as added: what `only` and DELETE name'),
      imageId: z.string(),
      name: z.string(),
      sizeBytes: count,
      width: pixels,
      height: pixels,
      from: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('file') }),
        z.object({ kind: z.literal('archive'), file: z.string() }),
        z.object({ kind: z.literal('pdf'), file: z.string(), page: z.int().min(1) }),
        z.object({ kind: z.literal('url'), url: z.string() }),
      ]),
      duplicateOf: count.nullable().describe('position of an earlier image with the same bytes; not read'),
      looksLike: looksLike.describe('earlier pictures that look the same, by fingerprint; all are read'),
      thumbnailUrl: z.string(),
      imageUrl: z.string(),
    }),
  ),
  videos: z
    .array(z.object({ fileId: z.string(), name: z.string(), sizeBytes: count }))
    .describe('whole videos that a run may be started with: `video`'),
  problems: z
    .array(z.object({ file: z.string(), code: z.string(), detail: z.string() }))
    .describe('files, entries, pages and URLs that gave no image'),
  underWay: count.describe('files and URLs still being taken in'),
  expiresAt: z.iso.datetime(),
});

export const runImagesSchema = z.object({
  images: z.array(
    z.object({
      position: count,
      imageId: z.string().nullable(),
      name: z.string(),
      sizeBytes: count,
      width: pixels,
      height: pixels,
      crop: z
        .tuple([z.number(), z.number(), z.number(), z.number()])
        .nullable()
        .describe('x, y, width, height of the detection, as shares of the upright image; null for the whole'),
      state: z.enum(['pending', 'done', 'failed', 'duplicate']),
      duplicateOf: count.nullable(),
      looksLike,
      ms: z.number().min(0),
      attempts: count,
      code: z.string().nullable(),
      detail: z.string().nullable(),
      retryable: z.boolean(),
      thumbnailUrl: z.string().nullable(),
      imageUrl: z.string().nullable(),
    }),
  ),
});

const schemasMatchInterfaces: [
  Same<z.infer<typeof pileStartedSchema>, PileStarted>,
  Same<z.infer<typeof pileSchema>, Pile>,
  Same<z.infer<typeof runImagesSchema>, RunImages>,
] = [true, true, true];
void schemasMatchInterfaces;
