import { expect, test } from 'vitest';
import type { Made } from '../make-certificates/make-certificates.ts';
import { IssueDesk } from './issue-desk.ts';

const made = (id: string) => ({ made: [{ id }], failed: [] }) as unknown as Made;
const turns = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
};

test('one transaction at a time; what comes meanwhile goes together, and each is told how its own ended', async () => {
  const begun: { ids: string[]; end: PromiseWithResolvers<void> }[] = [];
  const desk = new IssueDesk(({ made: all }) => {
    const end = Promise.withResolvers<void>();
    begun.push({ ids: all.map(({ id }) => id), end });
    return end.promise;
  });
  const ended: string[] = [];
  const take = (id: string) =>
    desk.take(made(id)).then(
      () => ended.push(id),
      (error: Error) => ended.push(`${id} ${error.message}`),
    );
  const all = ['a', 'b', 'c'].map(take);
  await turns();
  expect(begun.map(({ ids }) => ids)).toEqual([['a']]);
  begun[0]?.end.resolve();
  await turns();
  all.push(take('d'));
  expect([begun.map(({ ids }) => ids), ended]).toEqual([[['a'], ['b', 'c']], ['a']]);
  begun[1]?.end.reject(new Error('away'));
  await turns();
  begun[2]?.end.resolve();
  await Promise.all(all);
  expect(ended).toEqual(['a', 'b away', 'c away', 'd']);
});
