import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pdfOf } from '../../test/support/pdf-file.ts';
import { pagesOf, type PdfBounds } from './pdf-pages.ts';

describe('pagesOf', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'contactsheet-pdf-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function* pages(bytes: Buffer, bounds?: PdfBounds) {
    const path = join(folder, 'a.pdf');
    await writeFile(path, bytes);
    yield* pagesOf(path, bounds);
  }

  it('stops at its bound of pages, and says so after them', async () => {
    const seen: number[] = [];
    const all = async () => {
      for await (const { number } of pages(pdfOf(['one', 'two', 'three']), { maxPages: 2 })) seen.push(number);
    };
    await expect(all()).rejects.toMatchObject({
      code: 'document.tooLarge',
      message: expect.stringContaining('3 pages'),
    });
    expect(seen).toEqual([1, 2]);
  });

  it('opens none that is too large', async () => {
    const call = pages(pdfOf(['one']), { maxBytes: 100 }).next();
    await expect(call).rejects.toMatchObject({ code: 'document.tooLarge' });
  });

  it('ends a thread that takes too long', async () => {
    const call = pages(pdfOf(['one']), { stepLimitMs: 1 }).next();
    await expect(call).rejects.toMatchObject({
      code: 'document.unreadable',
      message: expect.stringContaining('too long'),
    });
  });

  it('may be left after the first page', async () => {
    for await (const page of pages(pdfOf(['one', 'two']))) {
      expect(page.number).toBe(1);
      break;
    }
  });
});
