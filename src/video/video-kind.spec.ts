import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kindOfVideo } from './video-kind.ts';

function box(name: string, brand = ''): Uint8Array {
  return Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`${name}${brand}`, 'latin1'), Buffer.alloc(16)]);
}

function ebml(docType: string): Uint8Array {
  const type = Buffer.from(docType, 'latin1');
  return Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 0x01, 0x42, 0x82, 0x80 | type.length]),
    type,
    Buffer.alloc(12),
  ]);
}

describe('kindOfVideo', () => {
  it.each([
    ['isom', 'mp4'],
    ['mp42', 'mp4'],
    ['iso6', 'mp4'],
    ['avc1', 'mp4'],
    ['M4V ', 'mp4'],
    ['qt  ', 'mov'],
    ['heic', null],
    ['mif1', null],
    ['avif', null],
    ['M4A ', null],
    ['\0\0\0\0', null],
  ])('takes the brand %j for %j', (brand, kind) => expect(kindOfVideo(box('ftyp', brand))).toBe(kind));

  it('knows QuickTime files without a brand', () => {
    expect(kindOfVideo(box('moov'))).toBe('mov');
    expect(kindOfVideo(box('wide'))).toBe('mov');
    expect(kindOfVideo(box('abcd'))).toBeNull();
  });

  it('tells WebM from other Matroska', () => {
    expect(kindOfVideo(ebml('webm'))).toBe('webm');
    expect(kindOfVideo(ebml('matroska'))).toBeNull();
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (head) => kindOfVideo(head) === null),
      { numRuns: 200 },
    );
  });
});
