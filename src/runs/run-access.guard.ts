import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AdminAccess, bearerToken } from '../admin/admin-access.ts';
import { CodedError } from '../contract/coded-error.ts';
import { RunsService } from './runs.service.ts';

/**
 * Lets through the admin, and the sender of the run by its token: as a bearer token, or as `?token=` for browsers'
 * EventSource and for links, which cannot send a header.
 */
@Injectable()
export class RunAccessGuard implements CanActivate {
  readonly #admin: AdminAccess;
  readonly #runs: RunsService;

  constructor(@Inject(AdminAccess) admin: AdminAccess, @Inject(RunsService) runs: RunsService) {
    this.#admin = admin;
    this.#runs = runs;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request<{ id: string }>>();
    const { token: inQuery } = request.query;
    const token = bearerToken(request.headers.authorization) ?? (typeof inQuery === 'string' ? inQuery : null);
    if (this.#admin.allows(token)) return true;
    if (token !== null && (await this.#runs.isToken(request.params.id, token))) return true;
    // The same answer whether the run exists or not: its id alone tells a stranger nothing.
    throw new CodedError(
      'auth.required',
      'This needs the admin token, or the token that was given when the run began.',
    );
  }
}
