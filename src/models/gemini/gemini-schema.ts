import { CodedError } from '../../contract/coded-error.ts';

type JsonObject = Record<string, unknown>;

/** Gemini's own dialect of a schema (a subset of OpenAPI 3.0), as `generationConfig.responseSchema` takes it. */
export interface GeminiSchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  format?: 'enum';
  description?: string;
  nullable?: boolean;
  enum?: string[];
  items?: GeminiSchema;
  /** Counts are strings in the API (int64). */
  minItems?: string;
  maxItems?: string;
  properties?: Record<string, GeminiSchema>;
  required?: string[];
  /** The order the model writes the fields in; without it the API sorts them by name. */
  propertyOrdering?: string[];
  anyOf?: GeminiSchema[];
}

/** Long array limits make the service refuse a schema ("too many states for serving"); a box's 4 is fine. */
const MAX_ARRAY_LIMIT = 16;

/**
 * Turns JSON Schema (2020-12, as zod writes it) into Gemini's dialect. `anyOf [X, null]` and `type: [x, 'null']` become
 * `nullable`, `$ref` is inlined, keywords the service refuses or that cost it states (lengths, patterns, formats, bounds)
 * are left out, bounds of numbers kept as words: the worker checks every reply against the full schema anyway.
 *
 * @throws CodedError `internal`, naming the place, for what the dialect cannot say (free-form objects, recursion).
 */
export function toGeminiSchema(schema: JsonObject): GeminiSchema {
  const definitions = { ...asObject(schema['definitions']), ...asObject(schema['$defs']) };
  return convert(schema, { definitions, place: 'reply', open: [] });
}

interface Context {
  definitions: JsonObject;
  /** Where in the reply we are, for messages. */
  place: string;
  /** The `$ref`s being inlined, to notice recursion. */
  open: readonly string[];
}

function convert(schema: JsonObject, context: Context): GeminiSchema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return convertReference(reference, schema, context);
  const choices = asObjects(schema['anyOf'] ?? schema['oneOf']);
  if (choices.length > 0) return described(convertChoices(choices, context), schema);
  const parts = asObjects(schema['allOf']);
  if (parts.length > 0) return convert({ ...schema, ...mergedParts(parts, context), allOf: undefined }, context);
  return convertTyped(schema, context);
}

function convertReference(reference: string, schema: JsonObject, context: Context): GeminiSchema {
  if (context.open.includes(reference) || reference === '#')
    throw notExpressible('a shape that contains itself', context);
  const target = resolve(reference, context);
  const { $ref: _, ...siblings } = schema;
  return convert({ ...target, ...siblings }, { ...context, open: [...context.open, reference] });
}

function resolve(reference: string, context: Context): JsonObject {
  const name = /^#\/(?:\$defs|definitions)\/(.+)$/.exec(reference)?.[1] ?? '';
  const target = context.definitions[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')];
  if (!isObject(target)) throw notExpressible(`a reference to an unknown shape (${reference})`, context);
  return target;
}

function mergedParts(parts: JsonObject[], context: Context): JsonObject {
  const merged: JsonObject = {};
  for (const part of parts) {
    const own = typeof part['$ref'] === 'string' ? resolve(part['$ref'], context) : part;
    const properties = { ...asObject(merged['properties']), ...asObject(own['properties']) };
    const required = [...asStrings(merged['required']), ...asStrings(own['required'])];
    Object.assign(merged, own, Object.keys(properties).length > 0 ? { properties, required } : {});
  }
  return merged;
}

function convertChoices(choices: JsonObject[], context: Context): GeminiSchema {
  const converted = choices.filter((choice) => !isNull(choice)).map((choice) => convert(choice, context));
  const nullable = converted.length < choices.length;
  const [only, ...others] = converted;
  if (only === undefined) throw notExpressible('a value that is always null', context);
  if (others.length === 0) return nullable ? { ...only, nullable: true } : only;
  const literals = converted.flatMap((choice) => (choice.type === 'string' ? (choice.enum ?? []) : []));
  const allLiteral = converted.every((choice) => choice.type === 'string' && choice.enum !== undefined);
  const united: GeminiSchema = allLiteral ? stringEnum(literals) : { anyOf: converted };
  return nullable ? { ...united, nullable: true } : united;
}

function isNull(schema: JsonObject): boolean {
  return schema['type'] === 'null' || ('const' in schema && schema['const'] === null);
}

function convertTyped(schema: JsonObject, context: Context): GeminiSchema {
  const types = typesOf(schema);
  const named = types.filter((type) => type !== 'null');
  if (named.length > 1) {
    const choices = types.map((type) => ({ ...schema, type, description: undefined }));
    return described(convertChoices(choices, context), schema);
  }
  const converted = described(convertNamed(named[0] ?? '', schema, context), schema);
  return types.includes('null') ? { ...converted, nullable: true } : converted;
}

/** The types a schema states, or those its values, properties or items imply. */
function typesOf(schema: JsonObject): string[] {
  const type = schema['type'];
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return asStrings(type);
  if ('const' in schema) return [typeOfValue(schema['const'])];
  if (Array.isArray(schema['enum'])) return [...new Set(schema['enum'].map(typeOfValue))];
  if ('properties' in schema) return ['object'];
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : [];
}

function typeOfValue(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function convertNamed(type: string, schema: JsonObject, context: Context): GeminiSchema {
  switch (type) {
    case 'string': {
      const values = 'const' in schema ? [schema['const']] : schema['enum'];
      return Array.isArray(values) ? stringEnum(asStrings(values)) : { type };
    }
    case 'number':
    case 'integer':
      return { type, ...boundsInWords(schema) };
    case 'boolean':
      return { type };
    case 'array':
      return { type, ...convertItems(schema, context) };
    case 'object':
      return { type, ...convertProperties(schema, context) };
    default:
      throw notExpressible('a value of any kind', context);
  }
}

function stringEnum(values: string[]): GeminiSchema {
  return { type: 'string', format: 'enum', enum: [...new Set(values)] };
}

/** Bounds as words: as keywords they are a known reason for a refused schema, and zod writes 2^53 for every integer. */
function boundsInWords(schema: JsonObject): GeminiSchema {
  const lowest = schema['minimum'];
  const highest = schema['maximum'];
  const isBound = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 2 ** 53 - 1;
  if (isBound(lowest) && isBound(highest)) return { description: `From ${lowest} to ${highest}.` };
  if (isBound(lowest)) return { description: `At least ${lowest}.` };
  return isBound(highest) ? { description: `At most ${highest}.` } : {};
}

function convertItems(schema: JsonObject, context: Context): GeminiSchema {
  const inside = { ...context, place: `${context.place}[]` };
  const tuple = asObjects(schema['prefixItems']);
  if (tuple.length > 0) {
    const distinct = new Map(tuple.map((item) => [JSON.stringify(item), item]));
    const items = convertChoices([...distinct.values()], inside);
    return { items, minItems: String(tuple.length), maxItems: String(tuple.length) };
  }
  if (!isObject(schema['items'])) throw notExpressible('a list of anything', context);
  const limits: GeminiSchema = {};
  for (const name of ['minItems', 'maxItems'] as const) {
    const limit = schema[name];
    if (typeof limit === 'number' && limit <= MAX_ARRAY_LIMIT) limits[name] = String(limit);
  }
  return { items: convert(schema['items'], inside), ...limits };
}

function convertProperties(schema: JsonObject, context: Context): GeminiSchema {
  const entries = Object.entries(asObject(schema['properties']));
  if (entries.length === 0) throw notExpressible('an object with free keys', context);
  const properties: Record<string, GeminiSchema> = {};
  for (const [name, property] of entries) {
    properties[name] = convert(asObject(property), { ...context, place: `${context.place}.${name}` });
  }
  const required = asStrings(schema['required']).filter((name) => Object.hasOwn(properties, name));
  const propertyOrdering = entries.map(([name]) => name);
  return required.length > 0 ? { properties, required, propertyOrdering } : { properties, propertyOrdering };
}

function described(converted: GeminiSchema, schema: JsonObject): GeminiSchema {
  const words = [schema['description'], converted.description].filter(
    (part) => typeof part === 'string' && part !== '',
  );
  return words.length > 0 ? { ...converted, description: [...new Set(words)].join(' ') } : converted;
}

function notExpressible(what: string, context: Context): CodedError {
  return new CodedError('internal', `The reply schema has ${what} at "${context.place}", which Gemini cannot express.`);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
