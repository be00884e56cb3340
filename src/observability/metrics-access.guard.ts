import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv4 } from 'node:net';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { AdminAccess, bearerToken } from '../admin/admin-access.ts';
import { CodedError } from '../contract/coded-error.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

/** What proxies add. One on this machine makes every visitor look as if he were here. */
const OF_PROXIES = /^(x-forwarded(-.+)?|forwarded|x-real-ip|via)$/;

/** Lets through the admin, and whoever asks from this machine itself, as a Prometheus that runs beside the server does. */
@Injectable()
export class MetricsAccessGuard implements CanActivate {
  readonly #access: AdminAccess;

  constructor(@Inject(AdminAccess) access: AdminAccess) {
    this.#access = access;
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.#access.allows(bearerToken(request.headers.authorization))) return true;
    if (isFromThisMachine(request)) return true;
    throw new CodedError(
      'auth.required',
      'From another machine or through a proxy this needs the admin token, as "Authorization: Bearer …".',
    );
  }
}

/**
 * Whether this request comes from this machine: the connection does, no proxy has a hand in it, and it asks for an address
 * of this machine alone. The last because a web page can have its own name lead to 127.0.0.1 and then reads what a
 * browser on this machine is given.
 */
export function isFromThisMachine({ socket, headers }: Pick<IncomingMessage, 'headers'> & Peer): boolean {
  if (!isLoopback(socket.remoteAddress ?? '')) return false;
  if (Object.keys(headers).some((name) => OF_PROXIES.test(name))) return false;
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return host.toLowerCase() === 'localhost' || isLoopback(host);
}

interface Peer {
  socket: { remoteAddress?: string | undefined };
}

/** 127.0.0.0/8 and ::1, also where IPv4 is written as IPv6. */
function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && LOOPBACK.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}
