import { isIP } from 'node:net';
import { privateAddress, refused } from './fetch-failure.ts';

const MAX_URL_CHARACTERS = 2_000;

/**
 * What can be said of a URL before its name is resolved.
 *
 * @param allows which addresses may be connected to
 * @param ports that may be connected to; null for any
 * @throws CodedError `url.refused`
 */
export function checkedUrl(url: string, allows: (address: string) => boolean, ports: ReadonlySet<number> | null): URL {
  const parsed = url.length <= MAX_URL_CHARACTERS && URL.canParse(url) ? new URL(url) : null;
  if (!parsed || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw refused('An address must begin with http:// or https://.');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw refused('An address must not hold a user name or a password.');
  }
  const port = Number(parsed.port || (parsed.protocol === 'https:' ? 443 : 80));
  if (ports !== null && !ports.has(port)) throw refused(`Port ${port} is not one of the web.`);
  // A name is checked when it is resolved; an address is never resolved.
  const literal = parsed.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !allows(literal)) throw privateAddress();
  return parsed;
}
