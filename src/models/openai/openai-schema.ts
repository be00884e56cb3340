type JsonObject = Record<string, unknown>;

/** Keywords that strict mode refuses or that mean nothing to a writer of JSON. */
const DROPPED: ReadonlySet<string> = new Set(['$schema', '$id', 'default', 'examples', 'propertyNames', '$comment']);

/** Below these a value is a name that people chose, not a schema keyword. */
const NAMED_SCHEMAS: ReadonlySet<string> = new Set(['properties', '$defs', 'definitions']);

/**
 * Turns JSON Schema (2020-12) into the subset that `strict: true` takes: every object closed, every property required.
 * A property that was optional may be null instead, and {@link withoutAddedNulls} takes those nulls out of the reply.
 */
export function toStrictSchema(schema: JsonObject): JsonObject {
  const strict: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (DROPPED.has(keyword) || isSafeIntegerBound(value)) continue;
    if (keyword === 'oneOf') strict['anyOf'] = strictValue(value);
    else strict[keyword] = NAMED_SCHEMAS.has(keyword) ? strictNamed(value) : strictValue(value);
  }
  const properties = strict['properties'];
  if (!isObject(properties)) return strict;
  const required = asStrings(schema['required']);
  for (const [name, property] of Object.entries(properties)) {
    if (!required.includes(name) && isObject(property)) properties[name] = orNull(property);
  }
  return { ...strict, required: Object.keys(properties), additionalProperties: false };
}

/** The reply as the original schema has it: a null where a property was merely optional is left out again. */
export function withoutAddedNulls(reply: unknown, schema: JsonObject, root: JsonObject = schema): unknown {
  const shape = resolved(schema, root);
  if (Array.isArray(reply)) {
    const { items } = shape;
    return isObject(items) ? reply.map((entry) => withoutAddedNulls(entry, items, root)) : reply;
  }
  if (!isObject(reply)) return reply;
  const { properties } = shape;
  if (!isObject(properties)) return reply;
  const required = asStrings(shape['required']);
  const kept: JsonObject = {};
  for (const [name, value] of Object.entries(reply)) {
    const property = properties[name];
    if (!isObject(property)) kept[name] = value;
    else if (value !== null || required.includes(name) || takesNull(resolved(property, root))) {
      kept[name] = withoutAddedNulls(value, property, root);
    }
  }
  return kept;
}

/** zod bounds every integer by 2^53; some servers compile bounds into a grammar, where these cost thousands of rules. */
function isSafeIntegerBound(value: unknown): boolean {
  return value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER;
}

function strictValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictValue);
  return isObject(value) ? toStrictSchema(value) : value;
}

function strictNamed(value: unknown): JsonObject {
  return Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, inner]) => [name, strictValue(inner)]),
  );
}

function orNull(property: JsonObject): JsonObject {
  return takesNull(property) ? property : { anyOf: [property, { type: 'null' }] };
}

function takesNull(schema: JsonObject): boolean {
  const { type, anyOf, oneOf } = schema;
  if (type === 'null' || (Array.isArray(type) && type.includes('null'))) return true;
  return [anyOf, oneOf].some(
    (choices) => Array.isArray(choices) && choices.some((choice) => isObject(choice) && takesNull(choice)),
  );
}

/** Follows a reference, and looks through `anyOf [X, null]`, to the one shape that a value of it has. */
function resolved(schema: JsonObject, root: JsonObject): JsonObject {
  const name = /^#\/(\$defs|definitions)\/(.+)$/.exec(typeof schema['$ref'] === 'string' ? schema['$ref'] : '');
  if (name !== null) {
    const definitions = root[name[1] ?? ''];
    const target = isObject(definitions) ? definitions[name[2] ?? ''] : undefined;
    return isObject(target) ? target : schema;
  }
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(choices)) return schema;
  const [only, ...others] = choices.filter((choice) => isObject(choice) && choice['type'] !== 'null');
  return others.length === 0 && isObject(only) ? { ...resolved(only, root), anyOf: choices } : schema;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
