import { beginningOf } from './beginning-of.ts';

/** What a data: address (RFC 2397) holds; undefined for another address, or one that is neither Base64 nor percent-encoded. */
export function readDataAddress(address: string): { mediaType: string; bytes: Buffer } | undefined {
  const comma = address.indexOf(',');
  const head = comma < 0 || comma > 1000 ? '' : beginningOf(address.slice(0, comma)).toLowerCase();
  if (!head.startsWith('data:')) return undefined;
  const [mediaType = '', ...parameters] = head.slice(5).split(';');
  const data = address.slice(comma + 1);
  if (parameters.includes('base64')) {
    const plain = data.includes('%') ? unescaped(data) : data;
    return plain === undefined ? undefined : { mediaType, bytes: Buffer.from(plain, 'base64') };
  }
  const plain = unescaped(data);
  return plain === undefined ? undefined : { mediaType, bytes: Buffer.from(plain, 'latin1') };
}

function unescaped(data: string): string | undefined {
  return /%(?![0-9a-f]{2})/i.test(data)
    ? undefined
    : data.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
