import type { PosterElement, PosterRecord, Remedy } from '../../contract/poster.ts';

const NOUNS = {
  title: 'title',
  face: 'face',
  logo: 'logo',
  credits: 'block of credits',
  ratingMark: 'rating mark',
  text: 'text',
} as const;
const LONGEST_QUOTE = 60;

/** "the title “The Last Ferry”", "face 2": told apart from others of its kind. */
export function elementName(elements: readonly PosterElement[], index: number): string {
  const element = elements[index];
  if (element === undefined) return 'an element';
  const { kind, text } = element;
  const alike = elements.flatMap((each, at) => (each.kind === kind ? [at] : []));
  const noun = alike.length > 1 && text === null ? `${NOUNS[kind]} ${alike.indexOf(index) + 1}` : `the ${NOUNS[kind]}`;
  if (text === null || kind === 'credits') return noun;
  return `${noun} “${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text}”`;
}

/** "“bottom-bar” covers 34 % of the title “The Last Ferry”." */
export function whyOf(name: string, zone: string, share: number): string {
  return `“${zone}” covers ${percent(share)} of ${name}.`;
}

/** What to do, in words. A face cannot be moved: the picture is. */
export function suggestionOf({ kind }: Pick<PosterElement, 'kind'>, name: string, remedy: Remedy | null): string {
  if (remedy === null) return `No place is free for ${name}: fewer zones, or another poster.`;
  const { moves, scale } = remedy;
  const ways = moves.map(
    ({ direction, share }) =>
      `${direction} by ${percent(share)} of the ${direction === 'up' || direction === 'down' ? 'height' : 'width'}`,
  );
  const where = ways.join(' and ');
  if (kind === 'face') {
    const smaller = scale === null ? '' : `Show the picture smaller, at ${percent(scale)} of its size. `;
    return `${smaller}${where === '' ? '' : `Move the picture so that ${name} comes ${where}.`}`.trim();
  }
  if (scale === null) return `Move ${name} ${where}.`;
  return `Make ${name} smaller, ${percent(scale)} of its size${where === '' ? '' : `, and move it ${where}`}.`;
}

/** What limits the verdict. */
export function remarksOf({
  judged,
  isTextRead,
  elements,
}: Pick<PosterRecord, 'judged' | 'isTextRead' | 'elements'>): string[] {
  const unplaced = elements.flatMap(({ box }, index) => (box === null ? [elementName(elements, index)] : []));
  return [
    ...(judged === 'text'
      ? [
          'Only the text was judged, on this machine: faces and logos were not looked for, and the title is the largest print.',
        ]
      : []),
    ...(isTextRead ? [] : ['The print was not read: places are as the model gives them.']),
    ...(elements.length === 0 ? ['Nothing was found on this poster.'] : []),
    ...(unplaced.length > 0 ? [`Not judged, since nobody could say where it is: ${unplaced.join(', ')}.`] : []),
  ];
}

/** Whole per cents; never 0 of something. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  return whole === 0 && share > 0 ? 'less than 1 %' : `${whole} %`;
}
