import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { StreamDeflater } from './stream-deflater.ts';

const art = 'art '.repeat(4000);
const said = (streams: readonly { bytes: Buffer }[]) =>
  streams.map(({ bytes }) => inflateSync(bytes).toString('latin1')).join('');

it('makes one stream of small parts', () => {
  const streams = new StreamDeflater().deflate(['before ', 'texts ', 'after é']);
  expect(streams).toHaveLength(1);
  expect(said(streams)).toBe('before texts after é');
});

it('deflates what pages have in common once, and keeps what is their own apart', () => {
  const deflater = new StreamDeflater();
  const [one, other] = ['one', 'other'].map((text) => deflater.deflate([art, text, '']));
  expect([said(one ?? []), said(other ?? [])]).toEqual([`${art}one`, `${art}other`]);
  expect(other?.[0]).toBe(one?.[0]);
  expect(other?.[1]?.digest).not.toBe(one?.[1]?.digest);
});
