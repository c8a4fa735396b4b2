import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { RegistryScene } from './registry-scene.spec.ts';

let scene: RegistryScene;
let issuer: { id: string; did: string };

beforeAll(async () => {
  scene = await RegistryScene.open(inject('stack'));
  issuer = await scene.newIssuer('demo');
});
afterAll(() => scene.stop());

const search = async (query: string, as = 'demo viewer') => {
  const { status, json } = await scene.call(`GET /v1/certificates?${query}`, { as });
  return { status, ...json, ids: json.items?.map(({ id }) => id) };
};
const day = (n: number) => new Date(Date.UTC(2026, 2, n, 12));

it('finds by anything that is asked, and by all of it together, the newest first', async () => {
  const more = (batchId: string, awardId: string, learnerId: string) => ({
    occasion: { batchId, awardId, learnerId },
    award: { id: awardId, version: 1 },
  });
  const first = await scene.issued('demo', issuer.id, 'L-1', more('b-1', 'a-1', 'L-1'), day(1));
  const second = await scene.issued('demo', issuer.id, 'L-2', more('b-1', 'a-2', 'L-2'), day(2));
  const third = await scene.issued('demo', issuer.id, 'L-1', more('b-2', 'a-1', 'L-1'), day(3));
  const theirs = await scene.newIssuer('demo-two');
  await scene.issued('demo-two', theirs.id, 'L-1', more('b-1', 'a-1', 'L-1'), day(2));
  await scene.call(`POST /v1/certificates/${first.id}/suspend`, { as: 'demo issuer', body: { reason: 'Audit' } });
  const now = new Date(Date.now() - 60_000).toISOString();
  const [one, two, three] = [first.id, second.id, third.id];
  const expected: [string, string[]][] = [
    ['', [three, two, one]],
    ['learnerId=L-1', [three, one]],
    ['batchId=b-1', [two, one]],
    ['awardId=a-1', [three, one]],
    [`number=${second.number}`, [two]],
    [`publicId=${second.public_id}`, [two]],
    [`requestId=${second.request_id}`, [two]],
    ['state=suspended', [one]],
    ['batchId=b-1&state=issued', [two]],
    ['batchId=b-2&awardId=a-2', []],
    [`issuedFrom=${day(2).toISOString()}`, [three, two]],
    // The offset counts, and the end is not of it.
    ['issuedBefore=2026-03-02T14:00:00%2B02:00', [one]],
    [`issuedFrom=${day(1).toISOString()}&issuedBefore=${day(3).toISOString()}&awardId=a-2`, [two]],
    [`issuedFrom=${day(1).toISOString()}&state=failed`, []],
    // What changed last comes first, whenever it was issued.
    [`changedFrom=${now}`, [one, three, two]],
    [`changedFrom=${now}&state=issued&batchId=b-1`, [two]],
    [`changedBefore=${now}`, []],
  ];
  for (const [query, ids] of expected) expect([query, (await search(query)).ids]).toEqual([query, ids]);
});

it('leads from page to page of the same search, and refuses the cursor of another order', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1)
    ids.unshift(
      (
        await scene.issued(
          'demo',
          issuer.id,
          `P-${index}`,
          { occasion: { batchId: 'pages', learnerId: `P-${index}` } },
          day(5),
        )
      ).id,
    );
  const changedFrom = `changedFrom=${new Date(Date.now() - 60_000).toISOString()}`;
  for (const query of ['batchId=pages', `batchId=pages&${changedFrom}`]) {
    const found: string[] = [];
    let page = await search(`${query}&limit=2`);
    for (; page.next !== undefined; page = await search(`${query}&limit=2&cursor=${page.next}`))
      found.push(...page.ids);
    expect([...found, ...page.ids]).toEqual(ids);
  }
  const { next } = await search('batchId=pages&limit=2');
  const refused = await search(`batchId=pages&${changedFrom}&cursor=${next}`);
  expect([refused.status, refused.errors[0]]).toEqual([
    400,
    expect.objectContaining({ in: 'query', pointer: '/cursor' }),
  ]);
  const wrong = await search('issuedFrom=yesterday');
  expect([wrong.status, wrong.errors[0]]).toEqual([400, expect.objectContaining({ pointer: '/issuedFrom' })]);
});
