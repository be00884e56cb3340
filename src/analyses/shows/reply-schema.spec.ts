import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { replySchema } from './reply-schema.ts';

describe('the reply schema', () => {
  it('says the same to models: flat, nullable strings, no unions but with null, every field required', () => {
    const json = z.toJSONSchema(replySchema, { io: 'input' });
    const text = JSON.stringify(json);
    expect(text).not.toMatch(/anyOf|oneOf|minLength|pattern|minimum|maximum/);
    expect(json).toMatchObject({ type: 'object', required: ['shows'] });
    expect(text).toContain('"venueName":{');
  });
  it('bears what models make of it', () => {
    const reply = replySchema.parse({
      shows: [
        {
          venueName: ' The Fox Den ',
          venueCity: 'N/A',
          venuePostcode: 33604,
          days: 'MO, TU',
          confidence: '95%',
          cancelled: 'no',
        },
        { venueName: null, days: ['Tuesday', null], cancelled: null, confidence: 'high', hostName: 'null' },
      ],
    });
    expect(reply.shows[0]).toMatchObject({
      venueName: 'The Fox Den',
      venueCity: null,
      venuePostcode: '33604',
      days: ['MO', 'TU'],
      confidence: 0.95,
      cancelled: false,
      hostName: null,
    });
    expect(reply.shows[1]).toMatchObject({
      venueName: null,
      days: ['Tuesday'],
      confidence: null,
      cancelled: false,
      hostName: null,
    });
  });
  it('takes an empty answer, and refuses what is no answer', () => {
    expect(replySchema.parse({ shows: null })).toEqual({ shows: [] });
    expect(replySchema.parse({})).toEqual({ shows: [] });
    expect(replySchema.safeParse({ shows: 'none' }).success).toBe(false);
    expect(replySchema.safeParse([]).success).toBe(false);
    expect(replySchema.safeParse({ shows: [{ venueName: { text: 'x' } }] }).success).toBe(false);
  });
});
