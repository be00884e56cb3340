import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { CodedError, type ErrorCode } from '../contract/coded-error.ts';

/** Checks a body against its DTO; an unknown field is refused by name, so that a misspelt one is never just ignored. */
export function validated(code: ErrorCode): ValidationPipe {
  return new BodyPipe(code);
}

class BodyPipe extends ValidationPipe {
  readonly #code: ErrorCode;

  constructor(code: ErrorCode) {
    super({
      transform: true,
      exceptionFactory: (errors) => new CodedError(code, describe(errors)),
    });
    this.#code = code;
  }

  override async transform(body: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // Of the body as it was sent: names such as "constructor" and "__proto__" do not outlive the making of the DTO, so the
    // pipe's own `forbidNonWhitelisted` never sees them; and a body that is none becomes an empty one there.
    if (!isObject(body)) throw new CodedError(this.#code, 'Send a JSON object, as "Content-Type: application/json".');
    const known = fieldsOf(metadata.metatype);
    const unknown = Object.keys(body).filter((field) => !known.has(field));
    if (unknown.length > 0) throw new CodedError(this.#code, unknownFields(unknown, known));
    return super.transform(body, metadata);
  }
}

function isObject(body: unknown): body is object {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

/** The fields of a DTO that a rule speaks of, its parents' too. */
function fieldsOf(dto: ArgumentMetadata['metatype']): ReadonlySet<string> {
  if (!dto) return new Set();
  const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  return new Set(rules.map(({ propertyName }) => propertyName));
}

function unknownFields(unknown: readonly string[], known: ReadonlySet<string>): string {
  const shown = unknown.slice(0, 5).map((field) => JSON.stringify(field.slice(0, 100)));
  const rest = unknown.length > shown.length ? ` and ${unknown.length - shown.length} more` : '';
  return `There is no field ${shown.join(', ')}${rest}. The fields are ${[...known].sort().join(', ')}.`;
}

function describe(errors: readonly ValidationError[]): string {
  const sentences = errors.flatMap((error) => Object.values(error.constraints ?? {}));
  return `${sentences.join('; ')}.`;
}
