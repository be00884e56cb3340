import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../repository/repository-files.ts';

const TEXTS = join(ROOT, 'client/src/i18n');
const pages = readdirSync(join(TEXTS, 'en'));

/** Keys with dots, each with the names that its text has in braces. */
async function textsOf(language: string, page: string): Promise<Map<string, string[]>> {
  const { default: texts } = (await import(pathToFileURL(join(TEXTS, language, page)).href)) as { default: object };
  const found = new Map<string, string[]>();
  const visit = (part: object, path: string[]) => {
    for (const [key, value] of Object.entries(part)) {
      if (typeof value === 'object' && value !== null) visit(value as object, [...path, key]);
      else
        found.set(
          [...path, key].join('.'),
          [...String(value).matchAll(/\{\{(\w+)/g)].map(([, name = '']) => name),
        );
    }
  };
  visit(texts, []);
  return found;
}

describe('the texts of the pages', () => {
  it('are there in every language', () => {
    expect(readdirSync(join(TEXTS, 'es'))).toEqual(pages);
  });

  it.each(pages)('%s: have the same keys, with the same values in them, and none is empty', async (page) => {
    const [english, spanish] = [await textsOf('en', page), await textsOf('es', page)];
    expect([...spanish.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, names] of english)
      expect({ key, names: spanish.get(key)?.sort() }).toEqual({ key, names: names.sort() });
  });
});
