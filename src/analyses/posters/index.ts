import type { Analysis } from '../../contract/analysis.ts';
import type { PosterRecord } from '../../contract/poster.ts';
import { posterFromReply, type PosterReading } from './from-reply.ts';
import { mergePosters } from './merge-posters.ts';
import { posterOptionsSchema } from './options.ts';
import { posterFromText, posterOnPrint } from './printed-elements.ts';
import { postersPrompt } from './prompt.ts';
import { replySchema, type Reply } from './reply-schema.ts';

/** Which key elements of film posters lie where a platform covers them. */
export const postersAnalysis: Analysis<Reply, PosterReading, PosterRecord> = {
  name: 'posters',
  prompt: postersPrompt,
  replySchema,
  measure: ({ width, height }) => ({ width, height }),
  fromReply: (reply, _context, measured) => posterFromReply(reply, measured),
  fromText: posterFromText,
  needsText: true,
  ground: (page, readings) => readings.map((reading) => posterOnPrint(page, reading)),
  optionsSchema: posterOptionsSchema,
  merge: mergePosters,
  columns: [
    ['image', ({ image }) => image],
    ['compliant', ({ compliant }) => (compliant ? 'yes' : 'no')],
    ['judged', ({ judged }) => judged],
    ['zones', ({ zones }) => zones.flatMap(({ name, compliant }) => (compliant ? [] : [name])).join('; ')],
    ['violations', ({ violations }) => violations.map(({ why }) => why).join(' ')],
    ['suggestions', ({ violations }) => [...new Set(violations.map(({ suggestion }) => suggestion))].join(' ')],
    ['title', ({ elements }) => elements.find(({ kind }) => kind === 'title')?.text ?? null],
    [
      'elements',
      ({ elements }) =>
        elements
          .filter(({ kind }) => kind !== 'text')
          .map(({ kind }) => kind)
          .join('; '),
    ],
    [
      'boxes',
      ({ elements }) =>
        elements
          .filter(({ kind }) => kind !== 'text')
          .map(({ box }) => boxText(box))
          .join('; '),
    ],
    ['remarks', ({ remarks }) => remarks.join(' ')],
    ['id', ({ id }) => id],
  ],
  files: {
    // The writer is loaded by who writes a report, not by every thread.
    html: async (source) => (await import('./report.ts')).posterReport(source),
  },
};

function boxText(box: readonly number[] | null): string {
  return box?.map((edge) => edge.toFixed(4)).join(' ') ?? '';
}
