import type { Analysis, RecordColumn } from '../../contract/analysis.ts';
import type { Look, StyleRecord, Swatch } from '../../contract/style.ts';
import { lookFromReply, mergeLooks, type LookReading } from './looks.ts';
import { stylesPrompt } from './prompt.ts';
import { replySchema, type Reply } from './reply-schema.ts';

/** Style descriptors of a fashion portfolio: what each look is, and what they have in common. */
export const stylesAnalysis: Analysis<Reply, LookReading, StyleRecord> = {
  name: 'styles',
  prompt: stylesPrompt,
  replySchema,
  // The colour libraries take 50 ms to load, which no thread shall wait for that never measures a colour.
  measure: async (pixels) => (await import('./palette.ts')).paletteOf(pixels),
  fromReply: (reply, _context, measured) => lookFromReply(reply, measured),
  merge: mergeLooks,
  files: {
    pdf: async (source) => (await import('./sheet/contact-sheet.ts')).contactSheet(source, 'pages'),
    png: async (source) => (await import('./sheet/contact-sheet-png.ts')).contactSheetPng(source),
  },
  columns: [
    [
      'images',
      ofLook(
        (look) => look.images.map(({ image }) => image).join('; '),
        ({ looks }) => `all ${looks} looks`,
      ),
    ],
    [
      'garments',
      ofLook(
        ({ garments }) => garments.map(({ kind }) => kind).join('; '),
        ({ signature }) => signature.map(({ value, share }) => `${value} ${percent(share)}`).join('; '),
      ),
    ],
    ['colours', (record) => colours(record.palette)],
    [
      'silhouettes',
      ofLook(({ garments }) =>
        garments
          .map(({ silhouette }) => silhouette)
          .filter(Boolean)
          .join('; '),
      ),
    ],
    ['fabrics', ofLook(({ garments }) => unique(garments.flatMap(({ fabrics }) => fabrics)))],
    [
      'patterns',
      ofLook(({ garments }) =>
        garments
          .map(({ pattern }) => pattern)
          .filter(Boolean)
          .join('; '),
      ),
    ],
    ['construction', ofLook(({ garments }) => unique(garments.flatMap(({ construction }) => construction)))],
    ['moods', ofLook(({ moods }) => moods.join('; '))],
    ['occasions', ofLook(({ occasions }) => occasions.join('; '))],
    ['seasons', ofLook(({ seasons }) => seasons.join('; '))],
    ['description', ofLook(({ description }) => description ?? '')],
    ['confidence', (record) => (record.kind === 'look' ? record.confidence : null)],
    ['id', (record) => record.id],
  ],
};

function ofLook(
  read: (look: Look) => string,
  ofAll: (all: Exclude<StyleRecord, Look>) => string = () => '',
): RecordColumn<StyleRecord>[1] {
  return (record) => (record.kind === 'look' ? read(record) : ofAll(record));
}

function colours(palette: readonly Swatch[]): string {
  return palette.map(({ name, share }) => `${name} ${percent(share)}`).join('; ');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function unique(values: readonly string[]): string {
  return [...new Set(values)].join('; ');
}
