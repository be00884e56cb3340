import type { FileSource, Picture, PictureOf } from '../../../contract/analysis.ts';
import type { Look, Portfolio, RecurringElement, StyleRecord, Swatch } from '../../../contract/style.ts';
import { FAINT_INK, Paper, type Place } from './paper.ts';

/** A4 on its side. All lengths are points. */
const PAGE = { width: 841.89, height: 595.28, margin: 30 };
const INNER = PAGE.width - 2 * PAGE.margin;
const COLUMNS = 7;
const GAP = 12;
const CARD = { width: (INNER - (COLUMNS - 1) * GAP) / COLUMNS, pictureHeight: 112, height: 164 };
const ROW = CARD.height + 6;
const FOOT = 12;
const HEAD_HEIGHT = 160;
const LATER_HEAD_HEIGHT = 16;
/** Pixels: what a card's picture needs at 300 dots an inch. */
const PICTURE_SIDE = 440;
/** A sheet that is one picture ends after so many looks, or its print could not be read any more. */
const MOST_ON_ONE_PAGE = 20 * COLUMNS;

const LABEL = { size: 6.5, bold: true, colour: FAINT_INK } as const;
const SMALL = { size: 6.5, colour: FAINT_INK } as const;
const WORDS = { size: 7.5 } as const;
const FRAME = '#f1f1f4';

/**
 * The portfolio as a contact sheet: what its looks have in common, then each with its picture, its measured colours and its tags.
 *
 * @param paging `pages`: A4 pages; `one`: one page as long as it has to be
 * @returns a PDF
 */
export async function contactSheet(
  { records, picture }: FileSource<StyleRecord>,
  paging: 'pages' | 'one',
): Promise<Uint8Array> {
  const looks = records.filter((each): each is Look => each.kind === 'look');
  const portfolio = records.find((each): each is Portfolio => each.kind === 'portfolio');
  const shown = paging === 'one' ? looks.slice(0, MOST_ON_ONE_PAGE) : looks;
  const rows = rowsOf(shown);
  const paper = new Paper(titleOf(looks.length));
  const strange = new Set(portfolio?.outliers.map(({ lookId }) => lookId));
  const oneHeight = PAGE.margin * 2 + HEAD_HEIGHT + rows.length * ROW + FOOT;
  const height = paging === 'one' ? oneHeight : PAGE.height;
  const pages = Math.max(1, paging === 'one' ? 1 : pagesOf(rows.length));
  let [page, y] = [0, Infinity];
  const turn = (): void => {
    paper.page(PAGE.width, height);
    page += 1;
    y = PAGE.margin + (page === 1 ? HEAD_HEIGHT : LATER_HEAD_HEIGHT);
    if (page === 1) drawHead(paper, looks.length, portfolio);
    else paper.text(titleOf(looks.length), across(PAGE.margin - 6), { ...SMALL, bold: true });
    const left = looks.length - shown.length;
    const foot = left > 0 ? `and ${left} more looks, which the PDF has` : `${page} of ${pages}`;
    paper.textToTheRight(`Contactsheet · ${foot}`, across(height - PAGE.margin + 8), SMALL);
  };
  turn();
  for (const row of rows) {
    // Row by row: a few threads have enough to do, and no more than a row of pictures is waited for.
    const pictures = await Promise.all(row.map((look) => pictureOf(look, picture)));
    if (y + CARD.height > height - PAGE.margin) turn();
    for (const [column, look] of row.entries()) {
      const x = PAGE.margin + column * (CARD.width + GAP);
      drawCard(paper, look, pictures[column] ?? null, { x, y, width: CARD.width }, strange.has(look.id));
    }
    y += ROW;
  }
  return paper.bytes();
}

function titleOf(looks: number): string {
  return `Portfolio of ${looks} ${looks === 1 ? 'look' : 'looks'}`;
}

function across(y: number): Place {
  return { x: PAGE.margin, y, width: INNER };
}

function rowsOf(looks: readonly Look[]): Look[][] {
  return Array.from({ length: Math.ceil(looks.length / COLUMNS) }, (_, row) =>
    looks.slice(row * COLUMNS, (row + 1) * COLUMNS),
  );
}

function pagesOf(rows: number): number {
  const fitting = (head: number): number => Math.floor((PAGE.height - 2 * PAGE.margin - head - CARD.height) / ROW) + 1;
  return 1 + Math.ceil(Math.max(0, rows - fitting(HEAD_HEIGHT)) / fitting(LATER_HEAD_HEIGHT));
}

async function pictureOf({ images }: Look, picture: PictureOf): Promise<Picture | null> {
  const [first] = images;
  return first === undefined ? null : picture(first.imageId, PICTURE_SIDE);
}

function drawHead(paper: Paper, looks: number, portfolio: Portfolio | undefined): void {
  const [half, top] = [(INNER - 24) / 2, PAGE.margin];
  paper.text(titleOf(looks), across(top - 4), { size: 22, bold: true });
  if (!portfolio) return;
  const { signature, recurring, palette, outliers } = portfolio;
  const left = { x: PAGE.margin, y: top + 32, width: half };
  paper.text('SIGNATURE', left, LABEL);
  const words = signature.length > 0 ? signature.map(element) : ['nothing that two fifths of the looks have'];
  paper.chips(words, { ...left, y: left.y + 11 }, 3);
  const right = { ...left, x: left.x + half + 24 };
  paper.text('PALETTE, MEASURED', right, LABEL);
  drawStrip(paper, palette, { ...right, y: right.y + 11 }, 20);
  drawLegend(paper, palette, { ...right, y: right.y + 36 });
  paper.text('RECURRING', across(top + 105), LABEL);
  const told = new Set(signature.map(element));
  const others = recurring.map(element).filter((words) => !told.has(words));
  paper.chips(others, { ...across(top + 116), width: outliers.length > 0 ? half : INNER }, 2);
  if (outliers.length === 0) return;
  paper.text('STANDS OUT', { ...right, y: top + 105 }, LABEL);
  const strange = outliers.map(({ image, kinship }) => `${image}: shares ${percent(kinship)}`);
  paper.chips(strange, { ...right, y: top + 116 }, 2);
}

function element({ aspect, value, share }: RecurringElement): string {
  return `${aspect}: ${value} ${percent(share)}`;
}

/** Colours as wide as their shares of what was measured. */
function drawStrip(paper: Paper, palette: readonly Swatch[], { x, y, width }: Place, height: number): void {
  const whole = palette.reduce((sum, { share }) => sum + share, 0);
  let left = x;
  for (const { hex, share } of palette) {
    const wide = (width * share) / whole;
    paper.fill(left, y, wide, height, hex);
    left += wide;
  }
}

function drawLegend(paper: Paper, palette: readonly Swatch[], { x, y, width }: Place): void {
  const wide = width / 4;
  for (const [place, { hex, name, share }] of palette.entries()) {
    const [left, top] = [x + (place % 4) * wide, y + Math.floor(place / 4) * 12];
    paper.fill(left, top, 7, 7, hex);
    paper.text(`${name} ${percent(share)}`, { x: left + 10, y: top + 0.5, width: wide - 14 }, WORDS);
  }
}

function drawCard(paper: Paper, look: Look, picture: Picture | null, place: Place, isStrange: boolean): void {
  const { x, y, width } = place;
  paper.fill(x, y, width, CARD.pictureHeight, FRAME);
  if (picture) paper.picture(picture.jpeg, place, CARD.pictureHeight);
  else paper.text('no picture', { x: x + 6, y: y + CARD.pictureHeight / 2 - 4, width: width - 12 }, SMALL);
  drawStrip(paper, look.palette, { ...place, y: y + CARD.pictureHeight + 2 }, 7);
  const garments = look.garments.map(({ kind }) => kind).join(', ');
  const name = look.images[0]?.image ?? '';
  const below = y + CARD.pictureHeight + 13;
  paper.text(garments, { ...place, y: below }, { ...WORDS, bold: true });
  paper.text(look.moods.join(', '), { ...place, y: below + 9.5 }, WORDS);
  paper.text(look.seasons.join(', '), { ...place, y: below + 19 }, WORDS);
  paper.text(isStrange ? `stands out · ${name}` : name, { ...place, y: below + 29.5 }, { ...SMALL, bold: isStrange });
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
