import { describe, expect, it } from 'vitest';
import { Problem } from '../problems/problem.ts';
import { readIdempotentRequest } from './read-idempotent-request.ts';
import { requestHash } from './request-hash.ts';

const hash = (body: unknown, url = '/courses') => requestHash(url, body).toString('hex');

describe('requestHash', () => {
  it('is the same for bodies that are equal as JSON', () => {
    expect(hash({ a: 1, b: [{ d: null, c: 'x' }] })).toBe(hash({ b: [{ c: 'x', d: null }], a: 1 }));
    expect(hash(undefined)).toBe(hash(undefined));
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: [1, 2] }, { a: [2, 1] }],
    [{ a: [1, 2] }, { a: { 0: 1, 1: 2 } }],
    [{ a: null }, {}],
    [undefined, {}],
    ['a', ['a']],
    [{ a: 'x","b":"y' }, { a: 'x', b: 'y' }],
    [Buffer.from('a'), Buffer.from('b')],
  ])('tells %j from %j', (one, other) => {
    expect(hash(one)).not.toBe(hash(other));
  });

  it('tells paths and queries apart', () => {
    expect(hash({}, '/courses/1/batches')).not.toBe(hash({}, '/courses/2/batches'));
    expect(hash({}, '/courses?dry=1')).not.toBe(hash({}, '/courses'));
  });

  it('answers 400 to a body that nests without end', () => {
    let body: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) body = [body];
    expect(() => hash(body)).toThrow(Problem);
  });
});

describe('the Idempotency-Key header', () => {
  const read = (key: unknown) =>
    readIdempotentRequest({
      headers: { 'idempotency-key': key },
      raw: {},
      method: 'POST',
      url: '/x',
      routeOptions: { url: '/x' },
    } as never);

  it.each([
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"8e03978e"', '8e03978e'],
    [undefined, undefined],
  ])('reads %s', (given, key) => {
    expect(read(given)).toMatchObject({ key, tenantId: '', route: 'POST /x' });
  });

  it.each(['', 'a b', '"half', 'x'.repeat(201), 'schlüssel', '"'])('refuses %j', (given) => {
    expect(() => read(given)).toThrow('Idempotency-Key');
  });
});
