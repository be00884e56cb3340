import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import type { Pile } from '../../src/contract/pile.ts';
import { pngClaiming } from '../fixtures/images/scene.ts';
import { pdfOf } from '../support/pdf-file.ts';
import { beginPile, sendFile, settledPile } from '../support/piles.ts';
import { picture, pictures } from '../support/pictures.ts';
import { removeDirectory, startServerProcess, type ServerProcess } from '../support/server.ts';
import { zipOf } from '../support/zip-file.ts';

describe('files of a pile', () => {
  let server: ServerProcess;

  beforeAll(async () => {
    server = await startServerProcess({ MODEL: 'local', MAX_UPLOAD_MB: '1', MAX_IMAGES_PER_PUBLIC_RUN: '6' });
  });
  afterAll(async () => {
    await server.stop();
    await removeDirectory(server.dataDir);
  });

  /** A pile of one file, once it is taken in. */
  async function pileOf(name: string, bytes: Buffer, token?: string): Promise<Pile> {
    const pile = await beginPile(server.url, token);
    await sendFile(server.url, pile, { name, bytes });
    return settledPile(server.url, pile);
  }

  const problemOf = async (name: string, bytes: Buffer) => {
    const { images, problems } = await pileOf(name, bytes);
    expect(images).toEqual([]);
    expect(problems).toHaveLength(1);
    return problems[0];
  };

  it('takes the images of an archive, whatever their folders are called, and says what the rest is', async () => {
    const [one, two, three] = await pictures(3);
    const zip = zipOf([
      { name: 'flyers/', bytes: Buffer.alloc(0) },
      { name: 'flyers/one.png', bytes: one! },
      { name: '__MACOSX/flyers/._one.png', bytes: Buffer.from('x') },
      { name: 'notes.txt', bytes: Buffer.from('buy milk') },
      { name: 'zwei – ä.png', bytes: two! },
      { name: 'flyers/inner.zip', bytes: zipOf([{ name: 'three.png', bytes: three! }]) },
      { name: 'locked.png', bytes: three!, isEncrypted: true },
    ]);
    const { images, problems } = await pileOf('all of them.zip', zip);
    expect(images.map(({ name, from, width }) => [name, from, width])).toEqual([
      ['one.png', { kind: 'archive', file: 'all of them.zip' }, 64],
      ['zwei – ä.png', { kind: 'archive', file: 'all of them.zip' }, 64],
    ]);
    expect(problems.map(({ file, code }) => [file, code])).toEqual([
      ['notes.txt', 'image.unreadable'],
      ['inner.zip', 'image.unreadable'],
      ['locked.png', 'archive.unreadable'],
    ]);
    expect(problems[2]?.detail).toContain('password');
  });

  it('never takes a name in an archive for a path', async () => {
    const [bytes] = await pictures(1);
    const names = ['../../../tmp/escaped.png', '/etc/escaped.png', 'C:\\escaped.png'];
    const { images, problems } = await pileOf('up.zip', zipOf(names.map((name) => ({ name, bytes: bytes! }))));
    expect([...images.map(({ name }) => name), ...problems.map(({ detail }) => detail)].join()).not.toMatch(/[/\\]/);
    expect(await readdir('/etc')).not.toContain('escaped.png');
  });

  it('unpacks no archive that is made to burst, and none that is cut off or lies', async () => {
    const zeros = Buffer.alloc(3 * 2 ** 20);
    const gigabyte = { bytes: Buffer.from('x'), claimedBytes: 2 ** 30 };
    const bomb = Array.from({ length: 3 }, (_, index) => ({ name: `${index}.png`, ...gigabyte }));
    expect(await problemOf('bomb.zip', zipOf(bomb))).toMatchObject({ file: 'bomb.zip', code: 'archive.tooLarge' });
    const many = Array.from({ length: 2_001 }, (_, index) => ({ name: `${index}.png`, bytes: Buffer.from('x') }));
    expect(await problemOf('many.zip', zipOf(many))).toMatchObject({ code: 'archive.tooLarge' });
    // It claims a kilobyte and has three megabytes.
    const liar = zipOf([{ name: 'small.png', bytes: zeros, claimedBytes: 1_024 }]);
    expect(await problemOf('liar.zip', liar)).toMatchObject({ file: 'small.png', code: 'archive.unreadable' });
    const large = zipOf([{ name: 'large.png', bytes: zeros }]);
    expect(await problemOf('large.zip', large)).toMatchObject({ file: 'large.png', code: 'image.tooLarge' });
    const whole = zipOf([{ name: 'a.png', bytes: await picture(1) }]);
    const cut = await problemOf('cut.zip', whole.subarray(0, -30));
    expect(cut).toMatchObject({ file: 'cut.zip', code: 'archive.unreadable' });
  });

  it('stops at the bound of a pile, and says so', async () => {
    const entries = (await pictures(9)).map((bytes, index) => ({ name: `${index}.png`, bytes }));
    const { images, problems } = await pileOf('nine.zip', zipOf(entries));
    expect(images).toHaveLength(6);
    expect(problems).toEqual([
      {
        file: '6.png',
        code: 'upload.tooMany',
        detail: 'The pile is full: it takes at most 6 images. The rest was left out.',
      },
    ]);
  });

  it('takes the pages of a PDF', async () => {
    const { images, problems } = await pileOf('menu.pdf', pdfOf(['Karaoke Friday', 'Karaoke Sunday']));
    expect(problems).toEqual([]);
    expect(images.map(({ name, from, width, height }) => [name, from, width, height])).toEqual([
      ['menu.pdf, page 1', { kind: 'pdf', file: 'menu.pdf', page: 1 }, 1700, 2200],
      ['menu.pdf, page 2', { kind: 'pdf', file: 'menu.pdf', page: 2 }, 1700, 2200],
    ]);
  });

  it('says in words what is wrong with a PDF', async () => {
    const locked = await problemOf('locked.pdf', pdfOf(['Secret'], { isLocked: true }));
    expect(locked).toMatchObject({ file: 'locked.pdf', code: 'document.unreadable' });
    expect(locked?.detail).toContain('password');
    expect(await problemOf('broken.pdf', Buffer.from('%PDF-1.7\nnothing'))).toMatchObject({
      code: 'document.unreadable',
      detail: expect.stringContaining('damaged'),
    });
  });

  it('says in words what is wrong with a file that is no image', async () => {
    const page = Buffer.from('<!doctype html><script>alert(1)</script>');
    expect(await problemOf('flyer.png', page)).toMatchObject({
      code: 'image.unreadable',
      detail: expect.stringContaining('web page'),
    });
    expect(await problemOf('empty.png', Buffer.alloc(0))).toMatchObject({ detail: 'The file is empty (0 bytes).' });
    expect(await problemOf('huge.png', pngClaiming(90_000, 90_000))).toMatchObject({ code: 'image.tooLarge' });
    const cut = (await picture(3)).subarray(0, 60);
    expect(await problemOf('cut.png', Buffer.from(cut))).toMatchObject({ code: 'image.unreadable' });
    const large = Buffer.concat([await picture(3), Buffer.alloc(2 ** 20)]);
    expect(await problemOf('large.png', large)).toMatchObject({ code: 'image.tooLarge' });
  });

  it('leaves nothing behind of what gave no image', async () => {
    expect(await readdir(join(server.dataDir, 'uploads'))).toEqual([]);
    const pile = await beginPile(server.url);
    await sendFile(server.url, pile, { name: 'a.png', bytes: await picture(41) });
    const before = await storedImages(server.dataDir);
    await sendFile(server.url, pile, { name: 'b.png', bytes: Buffer.from('no image') });
    expect(await storedImages(server.dataDir)).toEqual(before);
    await request(server.url).delete(`/api/piles/${pile.pileId}/images/0?token=${pile.pileToken}`).expect(204);
    expect(await storedImages(server.dataDir)).toHaveLength(before.length - 1);
  });
});

async function storedImages(dataDir: string): Promise<string[]> {
  const entries = await readdir(join(dataDir, 'images'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
