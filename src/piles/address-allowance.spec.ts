import { describe, expect, it } from '@jest/globals';
import { AddressAllowance } from './address-allowance.ts';

describe('AddressAllowance', () => {
  it('allows so much at once, and again over an hour', () => {
    let nowMs = 0;
    const allowance = new AddressAllowance({ perHour: 60 }, () => nowMs);
    expect(allowance.take('192.0.2.1', 60)).toBe(true);
    expect(allowance.take('192.0.2.1', 1)).toBe(false);
    nowMs += 60_000;
    expect(allowance.take('192.0.2.1', 1)).toBe(true);
    expect(allowance.take('192.0.2.1', 1)).toBe(false);
    nowMs += 10 * 3_600_000;
    expect(allowance.take('192.0.2.1', 61)).toBe(false);
    expect(allowance.take('192.0.2.1', 60)).toBe(true);
  });

  it('counts each address by itself, and a network of IPv6 as one', () => {
    const allowance = new AddressAllowance({ perHour: 1 }, () => 0);
    const taken = (address: string) => allowance.take(address, 1);
    expect([taken('192.0.2.1'), taken('192.0.2.2'), taken('::ffff:192.0.2.3'), taken('::ffff:192.0.2.4')]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([taken('2001:db8:1:2::1'), taken('2001:db8:1:2:ffff::9'), taken('2001:db8:1:3::1')]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('remembers a bounded number of addresses', () => {
    const allowance = new AddressAllowance({ perHour: 1 }, () => 0);
    for (let each = 0; each <= 10_000; each += 1) allowance.take(`10.0.${each >> 8}.${each & 255}`, 1);
    expect(allowance.take('10.0.0.0', 1)).toBe(true);
    expect(allowance.take('10.0.39.16', 1)).toBe(false);
  });
});
