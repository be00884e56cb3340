/**
 * F1 by pairs of rows of every family of lists, in three sizes, as two files (where it has two) and as one: the mean over some seeds and
 * the worst. `node bench/linkage/families.ts [--sizes 30,300,3000] [--seeds 5] [--first 1] [--only software,store]`.
 */
import { parseArgs } from 'node:util';
import { KINDS } from './kinds.ts';
import { measure } from './measure.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '30,300,3000' },
    seeds: { type: 'string', default: '5' },
    first: { type: 'string', default: '1' },
    files: { type: 'string', default: '2,1' },
    only: { type: 'string' },
  },
});
const only = values.only?.split(',');
console.log('family, files, rows: precision recall F1 (worst F1)');
for (const [kind, make] of Object.entries(KINDS)) {
  if (only !== undefined && !only.includes(kind)) continue;
  for (const size of values.sizes.split(',').map(Number)) {
    for (const files of values.files.split(',').map(Number)) {
      const figures: { precision: number; recall: number; f1: number }[] = [];
      let rows = 0;
      // Of the longest lists a few seeds tell as much.
      const seeds = size >= 3_000 ? Math.min(2, Number(values.seeds)) : Number(values.seeds);
      for (let seed = Number(values.first); seed < Number(values.first) + seeds; seed++) {
        const set = make(seed, size);
        if (set.files.length < files) break;
        if (files === 1 && set.files.length > 1) Object.assign(set, { files: [set.files.flat()], acrossOnly: false });
        rows = set.files.flat().length;
        figures.push(measure(set));
      }
      if (figures.length === 0) continue;
      const mean = (of: (figure: (typeof figures)[number]) => number): string =>
        (figures.reduce((sum, figure) => sum + of(figure), 0) / figures.length).toFixed(3);
      const worst = Math.min(...figures.map(({ f1 }) => f1)).toFixed(3);
      const [precision, recall, f1] = [mean((of) => of.precision), mean((of) => of.recall), mean((of) => of.f1)];
      console.log(`${kind}, ${files}, ${rows}: ${precision} ${recall} ${f1} (${worst})`);
    }
  }
}
