import { describe, expect, it } from '@jest/globals';
import { videoProblem } from './video-file.ts';

const file = (name: string, { type = '', size = 1_000 } = {}) => ({ name, type, size });

describe('what is given as a video', () => {
  it.each(['a.mp4', 'A.MOV', 'a.webm', 'a.m4v'])('%s is sent', (name) => {
    expect(videoProblem([file(name)])).toBeNull();
  });

  it('is known by its type where its name says nothing', () => {
    expect(videoProblem([file('clip', { type: 'video/mp4' })])).toBeNull();
  });

  it.each([
    ['otherKind', [file('a.png', { type: 'image/png' })]],
    ['otherKind', [file('a.mkv', { type: 'video/x-matroska' })]],
    ['empty', [file('a.mp4', { size: 0 })]],
    ['tooLarge', [file('a.mp4', { size: 500 * 2 ** 20 + 1 })]],
    ['several', [file('a.mp4'), file('b.mp4')]],
    ['several', []],
  ] as const)('is not sent: %s', (problem, files) => {
    expect(videoProblem(files)).toBe(problem);
  });

  it('may be as large as the server takes it', () => {
    expect(videoProblem([file('a.mp4', { size: 500 * 2 ** 20 })])).toBeNull();
  });
});
