import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where addresses of the public internet begin with: 2000::/3. The rest is special, or not given out. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Whether an address belongs to the public internet: not to this machine (loopback), its network (private, link-local,
 * unique local), the provider's (100.64.0.0/10), to several machines at once (multicast, broadcast), or to nobody. Addresses
 * that carry an IPv4 one inside (mapped, compatible, 6to4, Teredo, NAT64) are never public but the mapped one, which is
 * judged by what it carries.
 *
 * @param address IPv4 or IPv6, without brackets; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  // Strictly: the library also takes short forms of IPv4, which others read differently.
  if (isIP(address) === 0) return false;
  // An IPv4 address inside an IPv6 one is taken out here.
  const parsed = ipaddr.process(address);
  // The library calls everything `unicast` that no list of its own has.
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}
