import dns, { type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** The code of the error with which a connection to an address that is not allowed fails. */
export const ADDRESS_REFUSED = 'CONTACTSHEET_ADDRESS_REFUSED';

/** A `lookup` for sockets that hands on only what may be connected to: the check and the connection see the same answer. */
export function guardedLookup(
  allows: (address: string) => boolean,
  resolve: (hostname: string) => Promise<readonly LookupAddress[]> = resolveAll,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        // One that is private among public ones is a trap: nobody publishes both.
        const allowed = addresses.every(({ address }) => allows(address)) ? addresses : [];
        const [first] = allowed;
        if (!first) {
          const error: NodeJS.ErrnoException = new Error('This address may not be connected to.');
          error.code = addresses.length > 0 ? ADDRESS_REFUSED : 'ENOTFOUND';
          callback(error, '', 0);
        } else if (options.all) callback(null, [...allowed]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}

function resolveAll(hostname: string): Promise<LookupAddress[]> {
  return dns.promises.lookup(hostname, { all: true });
}
