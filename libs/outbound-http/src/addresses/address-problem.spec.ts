import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressProblem } from './address-problem.ts';

const octet = fc.integer({ min: 0, max: 255 });
const tail = (count: number) => fc.array(octet, { minLength: count, maxLength: count });
const v4 = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
const words = (count: number) => fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: count, maxLength: count });
const hex = (parts: number[]) => parts.map((part) => part.toString(16)).join(':');
const wrapped = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return hex([a * 256 + b, c * 256 + d]);
};

describe('addresses of the inside are refused', () => {
  it.each([
    ['0', tail(3)],
    ['10', tail(3)],
    ['127', tail(3)],
    ['169.254', tail(2)],
    ['192.168', tail(2)],
    ['192.0.0', tail(1)],
    ['192.0.2', tail(1)],
    ['198.18', tail(2)],
    ['198.19', tail(2)],
    ['198.51.100', tail(1)],
    ['203.0.113', tail(1)],
  ])('every %s.*', (head, rest) => {
    fc.assert(fc.property(rest, (parts) => addressProblem([head, ...parts].join('.')) !== undefined));
  });

  it('172.16/12, 100.64/10, multicast and above', () => {
    const between = (low: number, high: number) => fc.integer({ min: low, max: high });
    fc.assert(fc.property(between(16, 31), tail(2), (b, rest) => !!addressProblem(['172', b, ...rest].join('.'))));
    fc.assert(fc.property(between(64, 127), tail(2), (b, rest) => !!addressProblem(['100', b, ...rest].join('.'))));
    fc.assert(fc.property(between(224, 255), tail(3), (a, rest) => !!addressProblem([a, ...rest].join('.'))));
  });

  it.each(['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254', 'ff02::1', 'fec0::1', '100::1', '2001:db8::1', '3fff::1',
    '2001:2::1', '2001::1', '2002:7f00:1::', '64:ff9b:1::7f00:1', '::ffff:127.0.0.1', '::ffff:0:127.0.0.1', '::127.0.0.1',
    '::7f00:1', '::5efe:7f00:1', '2a00:1450::5efe:7f00:1', '2a00:1450::200:5efe:7f00:1', '5f00::1', '4000::1',
    '168.63.129.16', '100.100.100.200', '169.254.169.254', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe',
    '0x7f.0.0.1', '127.1', '2130706433', '', 'localhost'])('%s', (address) => {
    expect(addressProblem(address)).toBeTypeOf('string');
  }); // prettier-ignore

  it('nothing outside of 2000::/3 is public, but for what wraps an IPv4 address', () => {
    fc.assert(
      fc.property(words(8), ([first = 0, ...rest]) => {
        fc.pre((first & 0xe000) !== 0x2000 && first !== 0x64 && first !== 0);
        return addressProblem(hex([first, ...rest])) !== undefined;
      }),
    );
  });
});

it('an address that wraps another is judged by that one', () => {
  fc.assert(
    fc.property(v4, (address) => {
      const own = addressProblem(address);
      expect(addressProblem(`::ffff:${address}`)).toBe(own);
      expect(addressProblem(`::ffff:${wrapped(address)}`)).toBe(own);
      expect(addressProblem(`64:ff9b::${wrapped(address)}`)).toBe(own);
      expect(addressProblem(`2002:${wrapped(address)}::1`)).toBeDefined();
    }),
    { numRuns: 2_000 },
  );
});

it.each(['1.1.1.1', '8.8.8.8', '172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '223.255.255.255', '2606:4700::1111',
  '2a00:1450:4001::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])('%s is public', (address) => {
  expect(addressProblem(address)).toBeUndefined();
}); // prettier-ignore
