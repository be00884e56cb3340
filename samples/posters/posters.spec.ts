import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judged } from '../../src/analyses/posters/merge-posters.ts';
import { DEFAULT_POSTER_OPTIONS, type PosterElement } from '../../src/contract/poster.ts';
import type { PosterTruth } from './make.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const images = join(folder, 'images');
const truthIn = (out: string) => JSON.parse(readFileSync(join(out, 'truth.json'), 'utf8')) as PosterTruth[];

describe('the sample posters', () => {
  let out = '';
  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), 'contactsheet-posters-'));
    for (const part of ['a', 'b']) execFileSync(process.execPath, [join(folder, 'make.ts'), '--out', join(out, part)]);
  });
  afterAll(() => rmSync(out, { recursive: true, force: true }));

  it('are the same bytes whenever they are drawn, and their truth is the one that is kept', () => {
    for (const file of readdirSync(join(out, 'a', 'images'))) {
      expect(readFileSync(join(out, 'b', 'images', file))).toEqual(readFileSync(join(out, 'a', 'images', file)));
    }
    expect(truthIn(join(out, 'a'))).toEqual(truthIn(folder));
    expect(readdirSync(images).toSorted()).toEqual(truthIn(folder).map(({ file }) => file));
  });

  it.each(truthIn(folder))('$file violates the zones that it was drawn for', ({ elements, violates }) => {
    const all = elements.map((each): PosterElement => ({ ...each, placedBy: 'print', confidence: 1 }));
    const found = judged(all, DEFAULT_POSTER_OPTIONS).violations.map(({ zone, element }) => ({
      zone,
      kind: all[element]?.kind,
    }));
    expect(found).toHaveLength(violates.length);
    expect(found).toEqual(expect.arrayContaining([...violates]));
  });

  it('stay small', () => {
    const sizes = readdirSync(images).map((file) => statSync(join(images, file)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
  });
});
