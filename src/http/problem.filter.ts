import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { CodedError, type ErrorCode } from '../contract/coded-error.ts';
import { problemOf, type Problem } from './problem.ts';

/** Turns everything thrown on the way of a request into problem+json: never a stack, a path or a key. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #log = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const problem = this.#problemFor(thrown);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }

  #problemFor(thrown: unknown): Problem {
    if (thrown instanceof CodedError) {
      const problem = problemOf(thrown.code, thrown.message);
      if (problem.status >= 500 && thrown.cause) this.#log.error(thrown.cause);
      return problem;
    }
    if (thrown instanceof HttpException) return fromFramework(thrown);
    this.#log.error(thrown);
    return problemOf('internal', 'The request could not be answered. It is safe to try again.');
  }
}

/** The framework's own refusals: an unknown path, a body that is not JSON or too long. */
function fromFramework(thrown: HttpException): Problem {
  const status = thrown.getStatus();
  const code: ErrorCode = status === 404 ? 'notFound' : status < 500 ? 'request.invalid' : 'internal';
  const detail = status === 404 ? 'There is nothing at this address.' : thrown.message;
  return { ...problemOf(code, detail), status };
}
