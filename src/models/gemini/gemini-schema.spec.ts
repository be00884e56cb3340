import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { toGeminiSchema } from './gemini-schema.ts';

function converted(schema: z.ZodType) {
  return toGeminiSchema(z.toJSONSchema(schema));
}

describe('toGeminiSchema', () => {
  it('converts objects, keeping the order of their fields', () => {
    const schema = z.object({
      zebra: z.string(),
      ant: z.boolean().optional(),
      box: z.array(z.number()).describe('Corners'),
    });
    expect(converted(schema)).toEqual({
      type: 'object',
      properties: {
        zebra: { type: 'string' },
        ant: { type: 'boolean' },
        box: { type: 'array', items: { type: 'number' }, description: 'Corners' },
      },
      required: ['zebra', 'box'],
      propertyOrdering: ['zebra', 'ant', 'box'],
    });
  });

  it('makes null a flag, in both ways it is written', () => {
    expect(converted(z.string().nullable())).toEqual({ type: 'string', nullable: true });
    expect(converted(z.enum(['MO', 'TU']).nullable().describe('Day'))).toEqual({
      type: 'string',
      format: 'enum',
      enum: ['MO', 'TU'],
      nullable: true,
      description: 'Day',
    });
    expect(toGeminiSchema({ type: ['string', 'null'] })).toEqual({ type: 'string', nullable: true });
    expect(toGeminiSchema({ type: ['string', 'number', 'null'] })).toEqual({
      anyOf: [{ type: 'string' }, { type: 'number' }],
      nullable: true,
    });
  });

  it('inlines references', () => {
    const place = z.object({ city: z.string() }).meta({ id: 'Place' });
    const schema = converted(z.object({ from: place, to: place.nullable() }));
    const city = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      propertyOrdering: ['city'],
    };
    expect(schema.properties).toEqual({ from: city, to: { ...city, nullable: true } });
    expect(JSON.stringify(schema)).not.toContain('$');
  });

  it('keeps choices, and joins those between words', () => {
    expect(converted(z.union([z.string(), z.number()]))).toEqual({ anyOf: [{ type: 'string' }, { type: 'number' }] });
    expect(converted(z.union([z.literal('a'), z.literal('b')]))).toEqual({
      type: 'string',
      format: 'enum',
      enum: ['a', 'b'],
    });
    const kinds = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), x: z.string() }),
      z.object({ kind: z.literal('b'), y: z.string() }),
    ]);
    expect(converted(kinds).anyOf).toHaveLength(2);
  });

  it('leaves out what costs the service states or is refused, and says bounds in words', () => {
    const schema = z.object({
      count: z.int(),
      confidence: z.number().min(0).max(1).describe('How sure.'),
      time: z
        .string()
        .regex(/^\d\d:\d\d$/)
        .min(5)
        .default('21:00'),
      when: z.iso.datetime(),
      names: z.array(z.string()).max(500),
      box: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    });
    expect(converted(schema).properties).toEqual({
      count: { type: 'integer' },
      confidence: { type: 'number', description: 'How sure. From 0 to 1.' },
      time: { type: 'string' },
      when: { type: 'string' },
      names: { type: 'array', items: { type: 'string' } },
      box: { type: 'array', items: { type: 'number' }, minItems: '4', maxItems: '4' },
    });
  });

  it('has a field that is named like a keyword', () => {
    const schema = converted(
      z.object({ default: z.string(), $schema: z.string(), enum: z.string(), type: z.string() }),
    );
    expect(schema.propertyOrdering).toEqual(['default', '$schema', 'enum', 'type']);
  });

  it('says where it finds what the dialect cannot express', () => {
    const node: z.ZodType = z.object({ next: z.lazy(() => node) });
    const cases: [z.ZodType, string][] = [
      [z.object({ extra: z.record(z.string(), z.string()) }), 'reply.extra'],
      [z.object({ list: z.array(z.object({ any: z.unknown() })) }), 'reply.list[].any'],
      [node, 'reply.next'],
    ];
    for (const [schema, place] of cases) expect(() => converted(schema)).toThrow(`"${place}"`);
  });
});
