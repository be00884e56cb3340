import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PosterTruth } from '../../samples/posters/make.ts';
import { encodePixels, openImage, toRaw } from '../../src/images/open-image.ts';
import { GEMINI_IMAGE_NEEDS } from '../../src/models/image-needs.ts';
import type { NamedFile } from './requests.ts';
import type { StandInAsk } from './stand-in-types.ts';

const SAMPLES = new URL('../../samples/posters/', import.meta.url);

export interface SamplePosters {
  truth: PosterTruth[];
  files: NamedFile[];
  /** What a model that sees well, and measures a little badly, says of each; known by the picture that it is sent. */
  answerFor: (ask: Pick<StandInAsk, 'imageSha256'>) => unknown;
}

/** The posters of `samples/`, and answers about them as Gemini would give them. */
export async function samplePosters(): Promise<SamplePosters> {
  const truth = JSON.parse(await readFile(new URL('truth.json', SAMPLES), 'utf8')) as PosterTruth[];
  const answers = new Map<string, unknown>();
  const files: NamedFile[] = [];
  for (const poster of truth) {
    const url = new URL(`images/${poster.file}`, SAMPLES);
    files.push({ name: poster.file, bytes: await readFile(url) });
    const opened = await openImage(fileURLToPath(url));
    const sent = await encodePixels(await toRaw(opened, GEMINI_IMAGE_NEEDS), GEMINI_IMAGE_NEEDS);
    answers.set(createHash('sha256').update(sent.bytes).digest('hex'), answerOf(poster));
  }
  return { truth, files, answerFor: ({ imageSha256 }) => answers.get(imageSha256 ?? '') ?? { elements: [] } };
}

/** Print is seen two hundredths too large on every side, as models measure; other print is not named. */
function answerOf({ elements }: PosterTruth): unknown {
  return {
    elements: elements
      .filter(({ kind }) => kind !== 'text')
      .map(({ kind, text, box: [x, y, width, height] }) => {
        const slack = text === null || kind === 'logo' ? 0 : 0.02;
        const edges = [y - slack, x - slack, y + height + slack, x + width + slack];
        return {
          kind,
          text,
          box_2d: edges.map((edge) => Math.round(Math.min(1, Math.max(0, edge)) * 1_000)),
          confidence: 0.9,
        };
      }),
  };
}
