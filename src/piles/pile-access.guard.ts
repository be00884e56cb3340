import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AdminAccess, bearerToken } from '../admin/admin-access.ts';
import { CodedError } from '../contract/coded-error.ts';
import { PilesService } from './piles.service.ts';

/** Lets through the admin, and who began the pile by its token: as a bearer token, or as `?token=`. */
@Injectable()
export class PileAccessGuard implements CanActivate {
  readonly #admin: AdminAccess;
  readonly #piles: PilesService;

  constructor(@Inject(AdminAccess) admin: AdminAccess, @Inject(PilesService) piles: PilesService) {
    this.#admin = admin;
    this.#piles = piles;
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request<{ id: string }>>();
    const { token: inQuery } = request.query;
    const token = bearerToken(request.headers.authorization) ?? (typeof inQuery === 'string' ? inQuery : null);
    if (this.#admin.allows(token)) return true;
    if (token !== null && (await this.#piles.isToken(request.params.id, token))) return true;
    // The same answer whether the pile exists, has expired or never was: its id alone tells a stranger nothing.
    throw new CodedError(
      'auth.required',
      'This needs the admin token, or the token that was given when the pile was begun. Piles are kept for a day.',
    );
  }
}
