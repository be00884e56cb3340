import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CodedError } from '../contract/coded-error.ts';
import { parseReplyJson } from './reply-json.ts';

function codeOf(text: string): string {
  try {
    parseReplyJson(text);
  } catch (thrown) {
    if (thrown instanceof CodedError) return thrown.retryable ? thrown.code : `${thrown.code}, not retryable`;
    throw thrown;
  }
  return 'parsed';
}

describe('parseReplyJson', () => {
  it('reads what JSON.parse reads, the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(typeof value !== 'string');
        const text = JSON.stringify(value);
        expect(parseReplyJson(text)).toEqual(JSON.parse(text));
        expect(parseReplyJson(`\n  ${text} \n`)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds an object in fences and prose, whatever is in it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const text = JSON.stringify(value, null, 2);
        expect(parseReplyJson(`Sure, here you go:\n\`\`\`json\n${text}\n\`\`\`\nAnything else?`)).toEqual(
          JSON.parse(text),
        );
        expect(parseReplyJson(`\`\`\`\n${text}\`\`\``)).toEqual(JSON.parse(text));
      }),
    );
  });

  const mended: [string, string, unknown][] = [
    ['trailing commas', '{"a": [1, 2,], "b": {"c": 3,},}', { a: [1, 2], b: { c: 3 } }],
    ['missing commas', '{"a": 1\n "b": [{"c": 2} {"c": 3}]}', { a: 1, b: [{ c: 2 }, { c: 3 }] }],
    ['missing commas between objects', '[{"a": 1}{"a": 2}]', [{ a: 1 }, { a: 2 }]],
    ['raw line breaks in strings', '{"a": "one\ntwo\tthree"}', { a: 'one\ntwo\tthree' }],
    ["escaped apostrophes, as Python's", '{"a": "O\\\'Malley"}', { a: "O'Malley" }],
    ['words of Python', '{"a": None, "b": True, "c": NaN, "d": False}', { a: null, b: true, c: null, d: false }],
    ['unquoted keys', '{a: 1, b_2: "x: y"}', { a: 1, b_2: 'x: y' }],
    ['comments', '{"a": 1, // the first\n "b": /* none */ null}', { a: 1, b: null }],
    ['stray brackets before it', 'Image [1 of 2] shows {this}: {"a": 1}', { a: 1 }],
    ['thoughts before it', '<think>Is it {"a": 2}? No.</think>\n{"a": 1}', { a: 1 }],
    ['JSON inside a JSON string', '"{\\"a\\": 1}"', { a: 1 }],
    ['a web address in a string', '{"a": "http://x.test/a//b",}', { a: 'http://x.test/a//b' }],
  ];
  it.each(mended)('mends %s', (_, text, expected) => {
    expect(parseReplyJson(text)).toEqual(expected);
  });

  const cut = [
    '{"a": [1, 2',
    '{"a": "half a wo',
    '```json\n{"a": [{"b": 1},',
    '[{"a": 1}',
    '{"a": "\\',
    'Here: {"a": 1, "b": "}',
  ];
  it.each(cut)('never takes half a reply for the whole: %s', (text) => {
    expect(codeOf(text)).toBe('model.truncated');
  });

  it('never parses any proper beginning of a list of objects', () => {
    const whole = JSON.stringify(
      {
        shows: [
          { name: 'A "quoted" bar', days: ['MO'] },
          { name: null, days: [] },
        ],
      },
      null,
      1,
    );
    for (let length = 1; length < whole.length; length++) {
      expect(['model.truncated', 'model.replyInvalid']).toContain(codeOf(whole.slice(0, length)));
    }
  });

  it.each([
    '',
    '   ',
    'I see no show in this image.',
    '{"a": what is this}',
    '{]',
    '<think>well',
    '["The "7" Nail"]',
    '{"a": "The "Rusty" Nail"}',
  ])('refuses %j', (text) => {
    expect(codeOf(text)).toBe('model.replyInvalid');
  });

  it('is quick with what runs on to the token limit', () => {
    const long = 400_000;
    const texts = [
      `{"a": ${'7'.repeat(long)}`,
      `{"a": 0.${'3'.repeat(long)}}`,
      `{"a": "${'\\n'.repeat(long)}`,
      '{'.repeat(long),
      '[]'.repeat(long),
      `${'{a'.repeat(long)}${'}'.repeat(long)}`,
      `{"a": ${' '.repeat(long)},,}`,
      `x ${'y '.repeat(long)}`,
      `{"a": b${' '.repeat(long)} c}`,
    ];
    const startedAt = performance.now();
    for (const text of texts) codeOf(text);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
