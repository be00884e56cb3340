/**
 * Makes lists of records with their truth. `node bench/linkage/generate.ts KIND [--count N] [--seed S] [--out DIR]` writes
 * KIND-1.csv (and KIND-2.csv) with a column `id`, and KIND-truth.csv: id, thing. Without --out,
 * or with --measure, they are linked, and precision, recall and F1 by pairs are printed (--json: a line of JSON a kind;
 * --weights: what was learnt, too). --together puts all rows into one file first.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { weightsInWords } from '../../src/merger/linkage/explain.ts';
import { KINDS } from './kinds.ts';
import type { MadeSet } from './made-set.ts';
import { measure } from './measure.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    measure: { type: 'boolean' },
    weights: { type: 'boolean' },
    together: { type: 'boolean' },
    json: { type: 'boolean' },
  },
});
for (const kind of positionals.length > 0 ? positionals : Object.keys(KINDS)) {
  const make = KINDS[kind];
  if (!make) throw new Error(`No kind ${kind}; there are ${Object.keys(KINDS).join(', ')}`);
  const set = make(Number(values.seed), Number(values.count));
  if (values.together) set.files = [set.files.flat()];
  if (values.together) set.acrossOnly = false;
  if (values.out !== undefined) write(set, kind, values.out);
  if (!values.measure && values.out !== undefined) continue;
  const startMs = performance.now();
  const { precision, recall, f1, linkage } = measure(set);
  if (values.json) {
    console.log(JSON.stringify({ kind, precision, recall, f1 }));
    continue;
  }
  const figures = [precision, recall, f1].map((figure) => figure.toFixed(4)).join(' ');
  const rows = set.files.reduce((sum, file) => sum + file.length, 0);
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  console.log(
    `${kind}: ${rows} rows, precision recall f1: ${figures}; ${linkage.pairs.a.length} pairs, ${seconds} s; clean ${linkage.rivalry.clean.join(' ')} one ${linkage.rivalry.atMostOne.join('')}`,
  );
  if (values.weights) console.log(weightsInWords(linkage));
}

function write(set: MadeSet, kind: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const truth = ['id,thing'];
  let id = 0;
  for (const [file, rows] of set.files.entries()) {
    const lines = [['id', ...set.columns].join(',')];
    for (const { thing, cells } of rows) {
      lines.push([String(++id), ...cells.map(cell)].join(','));
      truth.push(`${id},${thing}`);
    }
    writeFileSync(join(folder, `${kind}-${file + 1}.csv`), `${lines.join('\n')}\n`);
  }
  writeFileSync(join(folder, `${kind}-truth.csv`), `${truth.join('\n')}\n`);
}
