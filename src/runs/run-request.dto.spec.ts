import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { prefersAsync } from './run-request.dto.ts';

describe('prefersAsync', () => {
  it.each([
    'respond-async',
    'Respond-Async',
    ' respond-async ',
    'respond-async, wait=10',
    'wait=10,respond-async',
    'handling=lenient; foo="some, parameter", respond-async; wait=5',
    'respond-async;wait=5',
    'respond-async=""',
    'wait=1, , respond-async',
  ])('hears it in %j', (header) => expect(prefersAsync(header)).toBe(true));

  it.each([
    undefined,
    '',
    'wait=10',
    'no-respond-async',
    'respond-async-later',
    'x-respond-async',
    'respond-async=no',
    'handling=respond-async',
    'handling=lenient; respond-async',
    'note="please, respond-async, now"',
    'note="a \\", respond-async"',
    'respond async',
  ])('does not hear it in %j', (header) => expect(prefersAsync(header)).toBe(false));
});
