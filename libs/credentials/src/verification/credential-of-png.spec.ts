import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import { credentialOfPng } from './credential-of-png.ts';

const chunk = (type: string, data: string | Buffer = '') => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), Buffer.from(data)]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(named.length - 4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};
const png = (...chunks: Buffer[]) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', Buffer.alloc(13)), ...chunks, chunk('IEND')]);
const baked = (text: string, between = '\0\0\0\0') => chunk('iTXt', `openbadgecredential\0${between}${text}`);
const bomb = () => deflateSync(Buffer.alloc(64 * 1024 * 1024), { level: 9 });
const packed = (type: string, between: string) =>
  chunk(type, Buffer.concat([Buffer.from(`openbadgecredential\0${between}`), bomb()]));

describe('the credential of a PNG', () => {
  it('is what is baked in, whatever other texts say', () => {
    const comment = chunk('iTXt', 'Comment\0\0\0\0\0openbadgecredential');
    expect(credentialOfPng(png(comment, baked('a.b.c'), chunk('IDAT', 'x')))).toEqual({
      ok: true,
      credential: 'a.b.c',
    });
  });

  it.each<[string, string, string, () => Buffer]>([
    ['nothing', 'not-as-issued', 'no PNG', () => Buffer.alloc(0)],
    ['another file', 'not-as-issued', 'no PNG', () => Buffer.from('%PDF-1.7')],
    ['none', 'no-credential', 'no credential', () => png(chunk('IDAT', 'x'))],
    ['two', 'several-credentials', 'more than one', () => png(baked('a.b.c'), baked('a.b.c'))],
    ['two of two kinds', 'several-credentials', 'more than one', () => png(baked('a.b.c'), packed('zTXt', '\0'))],
    ['a packed bomb', 'compressed', 'is compressed', () => png(packed('zTXt', '\0'))],
    ['an international bomb', 'compressed', 'is compressed', () => png(packed('iTXt', '\x01\0\0\0'))],
    ['of the old kind', 'not-as-issued', 'not baked', () => png(chunk('tEXt', 'openbadgecredential\0a.b.c'))],
    ['with a language', 'not-as-issued', 'not baked', () => png(baked('a.b.c', '\0\0en\0\0'))],
    ['too long', 'too-long', 'longer than 262144', () => png(baked('x'.repeat(maxTokenBytes + 1)))],
    ['something behind its end', 'not-as-issued', 'behind the end', () => Buffer.concat([png(baked('a')), baked('b')])],
    ['a million chunks', 'no-credential', 'no credential', () => png(Buffer.alloc(12 * 400_000))],
  ])('is refused: %s (%s)', (_, code, reason, made) => {
    const file = made();
    const used = process.threadCpuUsage();
    expect(credentialOfPng(file)).toEqual({ ok: false, code, reason: expect.stringContaining(reason) });
    expect(process.threadCpuUsage(used).user / 1_000).toBeLessThan(1_000);
  });

  it('is refused wherever the file is cut off, and where a chunk says that it is longer', () => {
    const file = png(baked('a.b.c'));
    const cut = { ok: false, code: 'cut-off', reason: 'the PNG file ends before it is complete' };
    for (let length = 8; length < file.length; length++) {
      expect([length, credentialOfPng(file.subarray(0, length))]).toEqual([length, cut]);
    }
    for (const at of [8, file.length - 12]) {
      const longer = Buffer.from(file);
      longer.writeUInt32BE(0xffffffff, at);
      expect([at, credentialOfPng(longer)]).toEqual([at, cut]);
    }
  });
});
