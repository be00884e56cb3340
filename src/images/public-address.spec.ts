import { describe, expect, it } from '@jest/globals';
import { isPublicAddress } from './public-address.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '93.184.216.34', '2606:4700::1', '2a00:1450:4001::200e', '::ffff:8.8.8.8'])(
    'takes %s for public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this machine', '127.0.0.1', '127.255.1.2', '::1', '0.0.0.0', '::', '0.1.2.3'],
    ['the own network', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12::1', 'fec0::1'],
    ['the link, with the service that tells a cloud machine its keys', '169.254.169.254', 'fe80::1', 'fe80::1%eth0'],
    ['the network of the provider', '100.64.0.1', '100.127.255.255'],
    ['several at once', '224.0.0.1', '239.1.1.1', '255.255.255.255', 'ff02::1'],
    [
      'nobody',
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.1',
      '198.18.0.1',
      '240.0.0.1',
      '2001:db8::1',
      '100::1',
      '5f00::1',
    ],
    ['an IPv4 address in a wrapping', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '::7f00:1', '::ffff:0:127.0.0.1'],
    ['an IPv4 address in a tunnel', '2002:7f00:1::', '2001:0:7f00:1::', '64:ff9b::7f00:1', '64:ff9b:1::a00:1'],
    ['no address', '', 'localhost', '8.8.8.8.example', '1.2.3', '[::1]'],
  ])('never takes %s for public', (_what, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});
