import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { CodedError } from '../contract/coded-error.ts';
import { AdminAccess, bearerToken } from './admin-access.ts';

/** Lets only the admin through. Runs before anything of the body is read. */
@Injectable()
export class AdminGuard implements CanActivate {
  readonly #access: AdminAccess;

  constructor(@Inject(AdminAccess) access: AdminAccess) {
    this.#access = access;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.#access.allows(bearerToken(request.headers.authorization))) return true;
    throw new CodedError('auth.required', 'This needs the admin token, as "Authorization: Bearer …".');
  }
}
