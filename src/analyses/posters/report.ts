import type { FileSource, Picture } from '../../contract/analysis.ts';
import type { PosterRecord } from '../../contract/poster.ts';
import type { Box } from '../../contract/show.ts';
import { elementName, percent } from './words.ts';

/** px of the longer side: enough to see what is covered, small enough for a file with hundreds of posters. */
const PICTURE_SIDE = 480;
/** Pictures made at once: each is a decoded image. */
const AT_ONCE = 4;
/** Of a film poster whose size is not known: 2 by 3. */
const USUAL_ASPECT = 2 / 3;

const STYLE = `
:root{color-scheme:light dark}
body{margin:2rem auto;max-width:72rem;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.5rem}h2{font-size:1.125rem;margin:0;overflow-wrap:anywhere}
dl{display:flex;flex-wrap:wrap;gap:1rem 2.5rem}dt{font-size:.875rem;opacity:.75}dd{margin:0;font-size:1.75rem;font-weight:650}
table{border-collapse:collapse;width:100%}th,td{padding:.375rem .75rem .375rem 0;border-bottom:1px solid #8884;text-align:start;vertical-align:top;overflow-wrap:anywhere}
section{display:grid;grid-template-columns:minmax(10rem,20rem) minmax(0,1fr);gap:1.5rem;margin:2rem 0;padding-top:1.5rem;border-top:1px solid #8884;break-inside:avoid}
svg{width:100%;height:auto;background:#8882}
.zone{fill:#ffc40055;stroke:#ffc400;stroke-dasharray:12 8;stroke-width:4}
.bad{fill:#d6001c55;stroke:#d6001c;stroke-width:6}
.ok{fill:none;stroke:#2fbf71;stroke-width:5}
.no{color:#b00018;font-weight:650}@media(prefers-color-scheme:dark){.no{color:#ff8a93}}
`;

/**
 * One HTML file with everything in it: totals, a table, and each poster with its zones and what lies in them. No script, and
 * nothing is loaded from elsewhere; every text is escaped, since it was read off images.
 */
export async function posterReport({ records, picture }: FileSource<PosterRecord>): Promise<string> {
  const pictures = new Map<PosterRecord, Picture | null>();
  const waiting = [...records];
  const takeInTurn = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      // One that cannot be had leaves an empty frame, not no report.
      pictures.set(next, await picture(next.imageId, PICTURE_SIDE).catch(() => null));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeInTurn));
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Posters and their red zones</title><style>${STYLE}</style></head><body>`,
    '<h1>Posters and their red zones</h1>',
    totals(records),
    table(records),
    ...records.map((record, at) => posterSection(record, at, pictures.get(record) ?? null)),
    '</body></html>',
    '',
  ].join('\n');
}

function totals(records: readonly PosterRecord[]): string {
  const good = records.filter(({ compliant }) => compliant).length;
  const violations = records.flatMap((record) => record.violations);
  const byZone = Map.groupBy(violations, ({ zone }) => zone);
  const figures: [string, number][] = [
    ['Posters', records.length],
    ['Compliant', good],
    ['Not compliant', records.length - good],
    ['Violations', violations.length],
    ...[...byZone].map(([zone, all]): [string, number] => [`In ${zone}`, all.length]),
  ];
  return `<dl>${figures.map(([name, count]) => `<div><dt>${escaped(name)}</dt><dd>${count}</dd></div>`).join('')}</dl>`;
}

function table(records: readonly PosterRecord[]): string {
  const rows = records.map(({ image, compliant, violations, judged }, at) =>
    cells([
      `<a href="#poster-${at + 1}">${escaped(image)}</a>`,
      verdict(compliant),
      escaped([...new Set(violations.map(({ zone }) => zone))].join(', ')),
      violations[0] ? escaped(violations[0].why) : '',
      judged === 'text' ? 'text alone' : 'all',
    ]),
  );
  const head = ['Poster', 'Compliant', 'Zones', 'Worst', 'Judged by'].map((name) => `<th scope="col">${name}</th>`);
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function cells(contents: readonly string[]): string {
  return `<tr>${contents.map((content) => `<td>${content}</td>`).join('')}</tr>`;
}

function posterSection(record: PosterRecord, at: number, picture: Picture | null): string {
  const { image, compliant, violations, remarks } = record;
  const items = violations.map(({ why, suggestion }) => `<li>${escaped(why)} ${escaped(suggestion)}</li>`);
  return [
    `<section id="poster-${at + 1}"><div>${overlay(record, picture)}</div><div>`,
    `<h2>${escaped(image)}</h2><p>Compliant: ${verdict(compliant)}</p>`,
    items.length > 0 ? `<ul>${items.join('')}</ul>` : '',
    ...remarks.map((remark) => `<p><small>${escaped(remark)}</small></p>`),
    '</div></section>',
  ].join('');
}

/** The poster as a frame 1,000 wide, its zones, and its elements: what violates a zone in red. */
function overlay({ image, crop, aspect, elements, zones, violations }: PosterRecord, picture: Picture | null): string {
  const height = Math.round(1_000 / frameAspect(aspect, crop, picture));
  const bad = new Set(violations.map(({ element }) => element));
  const rect = ([x, y, wide, high]: Box, kind: string, title: string): string =>
    `<rect class="${kind}" x="${fixed(x * 1_000)}" y="${fixed(y * height)}" width="${fixed(wide * 1_000)}" ` +
    `height="${fixed(high * height)}"><title>${escaped(title)}</title></rect>`;
  return [
    `<svg viewBox="0 0 1000 ${height}" role="img" aria-label="${escaped(`${image} with its zones`)}">`,
    picture === null ? '' : pictureOf(picture, crop, height),
    ...zones.flatMap(({ name, boxes }) => boxes.map((box) => rect(box, 'zone', name))),
    ...elements.map(({ box }, index) =>
      box === null
        ? ''
        : rect(box, bad.has(index) ? 'bad' : 'ok', `${elementName(elements, index)}${sharesOf(zones, index)}`),
    ),
    '</svg>',
  ].join('');
}

function sharesOf(zones: PosterRecord['zones'], index: number): string {
  const said = zones.flatMap(({ name, overlaps }) =>
    overlaps.filter(({ element }) => element === index).map(({ share }) => `${percent(share)} in ${name}`),
  );
  return said.length === 0 ? '' : `: ${said.join(', ')}`;
}

/** Of a part of an image the whole image is drawn so that the part fills the frame. */
function pictureOf({ jpeg }: Picture, crop: Box | null, height: number): string {
  const [x, y, wide, high] = crop ?? [0, 0, 1, 1];
  const [w, h] = [1_000 / wide, height / high];
  const data = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength).toString('base64');
  return (
    `<image x="${fixed(-x * w)}" y="${fixed(-y * h)}" width="${fixed(w)}" height="${fixed(h)}" ` +
    `preserveAspectRatio="none" href="data:image/jpeg;base64,${data}"/>`
  );
}

function frameAspect(aspect: number | null, crop: Box | null, picture: Picture | null): number {
  if (picture !== null && picture.height > 0) {
    const [, , wide, high] = crop ?? [0, 0, 1, 1];
    return (picture.width * wide) / (picture.height * high);
  }
  return aspect ?? USUAL_ASPECT;
}

function verdict(compliant: boolean): string {
  return compliant ? 'yes' : '<span class="no">no</span>';
}

function fixed(value: number): string {
  return value.toFixed(1);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
