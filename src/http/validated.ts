import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { CodedError, type ErrorCode } from '../contract/coded-error.ts';

/** Checks a body against its DTO; an unknown field is refused by name, so that a misspelt one is never just ignored. */
export function validated(code: ErrorCode): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (errors) => new CodedError(code, describe(errors)),
  });
}

function describe(errors: readonly ValidationError[]): string {
  const sentences = errors.flatMap((error) => Object.values(error.constraints ?? {}));
  return `${sentences.join('; ')}.`;
}
