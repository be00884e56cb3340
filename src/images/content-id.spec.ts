import { describe, expect, it } from '@jest/globals';
import { cleanFileName, imageIdFrom } from './content-id.ts';

describe('imageIdFrom', () => {
  it('is the first 24 digits of the hash', () => {
    expect(imageIdFrom('0123456789abcdef'.repeat(4))).toBe('img_0123456789abcdef01234567');
  });

  it('refuses what is no hash', () => {
    expect(() => imageIdFrom('../../etc/passwd')).toThrow(TypeError);
  });
});

describe('cleanFileName', () => {
  it.each([
    ['flyer.png', 'flyer.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\kj\\flyer.jpg', 'flyer.jpg'],
    ['folder/', 'folder'],
    ['Cafe\u0301.jpg', 'Café.jpg'],
    ['a\u202egnp.exe', 'agnp.exe'],
    ['a\r\nb\0.png', 'ab.png'],
    ['  spaced name.png  ', 'spaced name.png'],
    ['\ud800x.png', '\ufffdx.png'],
    ['👩‍🎤 night.png', '👩‍🎤 night.png'],
    ['', 'image'],
    ['..', 'image'],
    ['/', 'image'],
    ['\u202e\u0007', 'image'],
  ])('%j becomes %j', (name, cleaned) => {
    expect(cleanFileName(name)).toBe(cleaned);
  });

  it('shortens to 120 characters and keeps the extension', () => {
    const cleaned = cleanFileName(`${'é😀'.repeat(200)}.jpeg`);
    expect(Array.from(cleaned)).toHaveLength(120);
    expect(cleaned).toMatch(/^é😀.*\.jpeg$/u);
  });

  it('shortens where there is no extension to keep', () => {
    expect(cleanFileName('x'.repeat(300))).toBe('x'.repeat(120));
    expect(cleanFileName(`a.${'x'.repeat(300)}`)).toHaveLength(120);
  });
});
