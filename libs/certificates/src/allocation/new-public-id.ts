import { randomBytes } from 'node:crypto';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const length = 22;

/** 128 random bits in 22 base58 characters, without those that look alike: who does not have it cannot guess it. */
export function newPublicId(): string {
  let rest = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let id = '';
  for (let at = 0; at < length; at++) {
    id = `${alphabet[Number(rest % 58n)]}${id}`;
    rest /= 58n;
  }
  return id;
}
