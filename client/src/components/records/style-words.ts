import type { Look, Portfolio, StyleAspect, StyleRecord } from '../../../../src/contract/style.ts';

/** Something that a look has. */
export interface StyleElement {
  aspect: StyleAspect;
  value: string;
}

/** Looks by their images' names as people count (`look-2` before `look-10`), and the portfolio. Pure. */
export function sortedRecords(records: readonly StyleRecord[]): { looks: Look[]; portfolio: Portfolio | null } {
  const looks = records.filter((record) => record.kind === 'look');
  const nameOf = ({ images }: Look) => images[0]?.image ?? '';
  return {
    looks: looks.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other), 'en', { numeric: true })),
    portfolio: records.find((record) => record.kind === 'portfolio') ?? null,
  };
}

/** Whether a look has it, as the portfolio counts. */
export function hasElement(look: Look, { aspect, value }: StyleElement): boolean {
  const { garments, moods, occasions, seasons, palette } = look;
  switch (aspect) {
    case 'garment':
      return garments.some(({ kind }) => kind === value);
    case 'silhouette':
      return garments.some(({ silhouette }) => silhouette === value);
    case 'fabric':
      return garments.some(({ fabrics }) => fabrics.includes(value));
    case 'pattern':
      return garments.some(({ pattern }) => pattern === value);
    case 'construction':
      return garments.some(({ construction }) => construction.includes(value));
    case 'mood':
      return moods.includes(value);
    case 'occasion':
      return occasions.includes(value);
    case 'season':
      return seasons.includes(value);
    case 'colour':
      return palette.some(({ name }) => name === value);
  }
}

const PARTS =
  /^(cornflower|goldenrod|lavender|midnight|blanched|antique|rebecca|dodger|floral|forest|indian|medium|navajo|orange|papaya|powder|saddle|spring|violet|yellow|alice|cadet|ghost|green|honey|lemon|light|misty|peach|royal|sandy|slate|steel|white|olive|old|burly|blue|dark|deep|lawn|lime|mint|pale|rosy|fire|dim|hot|sea|sky)(?=[a-z]{3})/;
/** Words by themselves. */
const WHOLE = new Set(['seashell', 'goldenrod', 'cornflower', 'firebrick']);

/** CSS writes `darkslategray`; people read "dark slate gray". */
export function colourWords(name: string): string {
  if (WHOLE.has(name)) return name;
  const part = PARTS.exec(name)?.[1];
  if (part === undefined) return name;
  const rest = name.slice(part.length);
  return `${part} ${colourWords(rest)}`;
}
