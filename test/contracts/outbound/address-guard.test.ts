import { describe, expect, it } from 'vitest';
import { createAddressGuard } from '../../../server/adapters/outbound/address-guard.ts';

const PUBLIC = ['93.184.216.34', '8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:2800:220:1::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'];
const INSIDE = [
  '127.0.0.1',
  '127.255.255.254',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '198.18.0.1',
  '169.254.169.254',
  '224.0.0.1',
  '255.255.255.255',
  '192.0.0.8',
  '203.0.113.5',
  '::1',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '2001:db8::1',
  '2001::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:169.254.169.254',
  '::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '2002:7f00:1::1',
  '2002:a9fe:a9fe::',
  'fec0::1',
  '5f00::1',
  '',
  'localhost',
  '1.2.3',
];

describe('createAddressGuard', () => {
  const guard = createAddressGuard([]);
  it.each(PUBLIC)('permits %s, which is public', (address) => expect(guard.permits(address)).toBe(true));
  it.each(INSIDE)('refuses "%s", which is not', (address) => expect(guard.permits(address)).toBe(false));

  it('lets through what the operator lists, and its neighbours not', () => {
    const opened = createAddressGuard(['10.1.0.0/16', '::1', '127.0.0.1/32']);
    expect(['10.1.2.3', '::1', '127.0.0.1', '::ffff:10.1.2.3'].map(opened.permits)).toEqual([true, true, true, true]);
    expect(['10.2.0.1', '127.0.0.2', '::ffff:10.2.0.1'].map(opened.permits)).toEqual([false, false, false]);
  });

  it.each(['10.0.0.0/', 'example.com', '10.0.0.0/x', '10.0.0.0/40'])('throws for "%s", which is no range', (range) => {
    expect(() => createAddressGuard([range])).toThrow(RangeError);
  });
});
