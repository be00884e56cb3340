import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { toStrictSchema, withoutAddedNulls } from './openai-schema.ts';

const SHOW = z.object({
  name: z.string().nullable(),
  note: z.string().optional(),
  cover: z.string().nullable().optional(),
  venue: z.object({ phone: z.string().optional(), default: z.string().default('x') }).nullable(),
  nights: z.array(z.object({ day: z.enum(['MO', 'TU']), fee: z.int().optional() })),
});
const SCHEMA = z.toJSONSchema(SHOW, { io: 'input' }) as Record<string, unknown>;

/** Every object in a schema. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Reflect.get(value, 'type') === 'object' ? [value as Record<string, unknown>, ...inner] : inner;
}

describe('toStrictSchema', () => {
  it('closes every object and requires every property', () => {
    const objects = objectsIn(toStrictSchema(SCHEMA));
    expect(objects).toHaveLength(3);
    for (const { properties, required, additionalProperties } of objects) {
      expect(additionalProperties).toBe(false);
      expect(required).toEqual(Object.keys(properties as object));
    }
  });

  it('lets what was optional be null, and keeps a field that is named like a keyword', () => {
    const { properties } = toStrictSchema(SCHEMA) as { properties: Record<string, unknown> };
    expect(properties['note']).toEqual({ anyOf: [{ type: 'string' }, { type: 'null' }] });
    expect(properties['cover']).toEqual({ type: ['string', 'null'] });
    expect(JSON.stringify(properties['venue'])).toContain('"default":');
    expect(JSON.stringify(properties)).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  it('does not change the schema it was given', () => {
    const before = JSON.stringify(SCHEMA);
    toStrictSchema(SCHEMA);
    expect(JSON.stringify(SCHEMA)).toBe(before);
  });
});

describe('withoutAddedNulls', () => {
  it('takes out the nulls of what was optional, and no other', () => {
    const reply = {
      name: null,
      note: null,
      cover: null,
      venue: { phone: null, default: null },
      nights: [{ day: 'MO', fee: null }],
      unknown: null,
    };
    const mended = withoutAddedNulls(reply, SCHEMA);
    expect(mended).toEqual({ name: null, cover: null, venue: {}, nights: [{ day: 'MO' }], unknown: null });
    expect(SHOW.safeParse(mended).success).toBe(true);
  });

  it('follows references and leaves values of another kind alone', () => {
    const place = z.object({ city: z.string().optional() }).meta({ id: 'Place' });
    const schema = z.toJSONSchema(z.object({ at: place.nullable() })) as Record<string, unknown>;
    expect(withoutAddedNulls({ at: { city: null } }, schema)).toEqual({ at: {} });
    expect(withoutAddedNulls('text', schema)).toBe('text');
    expect(withoutAddedNulls({ at: 5 }, schema)).toEqual({ at: 5 });
  });
});
