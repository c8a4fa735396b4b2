import type { Award } from '@laurel/contracts';
import { waitFor } from '@laurel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LmsScene } from '../scene/lms-scene.spec.ts';

const issuerId = '0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c02';
const award = {
  name: 'Certificate of completion',
  credentialType: { id: 'course-completion' },
  template: { id: 'classic' },
  criteria: { enrolment: { status: 'completed' } },
  issuerId,
};
const details = {
  criteriaUrl: 'https://academy.example/rust',
  image: 'https://academy.example/rust.png',
  humanCode: 'RUST-101',
  inLanguage: 'en',
  tags: ['rust', 'systems'],
  alignments: [{ name: 'Systems', url: 'https://skills.example/1' }],
};
let scene: LmsScene;

beforeAll(async () => {
  scene = await LmsScene.open();
  await scene.call('creator', 'POST', '/v1/courses', { id: 'rust', title: 'Rust' });
  const batch = { id: 'b-1', courseId: 'rust', name: 'Run 1', startsOn: '2026-01-05', timeZone: 'Asia/Kolkata' };
  expect((await scene.call('creator', 'POST', '/v1/batches', batch)).status).toBe(201);
  const occasion = ['batchId', 'awardId', 'learnerId'];
  await scene.publish('credential-type.published', {
    ...{ typeId: 'course-completion', version: 1, name: 'Course completion', achievementType: 'Course', qr: 'url' },
    ...{ input: { score: { type: 'number', required: false } }, occasion, claims: ['score'], meta: [] },
  });
  for (const [typeId, terms] of [
    ['named-course', ['courseTitle']],
    ['misnamed-course', ['description']],
  ] as const) {
    await scene.publish('credential-type.published', {
      ...{ typeId, version: 1, name: 'A course by name', qr: 'url', occasion, meta: [] },
      ...{ input: { [terms[0]]: { type: 'string', required: false } }, claims: terms, terms },
    });
  }
  await scene.publish('template.published', {
    ...{ templateId: 'classic', version: 1, title: 'Classic', mediaType: 'image/svg+xml', slots: ['qr'] },
    sha256: 'a'.repeat(64),
  });
  const issuer = { issuerId, name: 'Academy', url: 'https://academy.example', did: 'did:web:x' };
  await scene.publish('issuer.updated', issuer, { sequence: 1 });
}, 90_000);
afterAll(() => scene.close());

const attach = (id: string, achievement: object) =>
  scene.call('creator', 'POST', '/v1/batches/b-1/awards', { id, ...award, achievement });
const states = () =>
  scene.saidOf('batch.updated').filter(({ data }) => (data as { batchId?: string }).batchId === 'b-1').length;

test('an award takes over the terms of its type, and they are checked with it', async () => {
  const ask = (id: string, typeId: string) =>
    scene.call('creator', 'POST', '/v1/batches/b-2/awards', { id, ...award, credentialType: { id: typeId } });
  const batch = { id: 'b-2', courseId: 'rust', name: 'Run 2', startsOn: '2026-01-05', timeZone: 'Asia/Kolkata' };
  expect((await scene.call('creator', 'POST', '/v1/batches', batch)).status).toBe(201);
  const attached = await waitFor(
    'the copies of type, template and issuer',
    () => ask('a-1', 'named-course'),
    ({ status }) => status !== 409,
  );
  const credentialType = { id: 'named-course', version: 1, claims: ['courseTitle'], terms: ['courseTitle'] };
  expect(attached).toMatchObject({ status: 201, json: { award: { credentialType } } });
  // No asset-store publishes such a type; what no verifier could read is found here, too.
  const misnamed = await waitFor(
    'the copy of the other type',
    () => ask('a-2', 'misnamed-course'),
    ({ status }) => status !== 409,
  );
  expect([misnamed.status, misnamed.json.detail]).toEqual([
    422,
    expect.stringContaining('description has a meaning in VC 2.0 or Open Badges 3.0'),
  ]);
});

test('an award tells what readers of badges show; one whose credentials could not be signed is refused, and none is attached unchecked', async () => {
  const attached = await waitFor(
    'the copies of type, template and issuer',
    () => attach('a-1', details),
    ({ status }) => status !== 409,
  );
  expect(attached).toMatchObject({ status: 201, json: { award: { achievement: details } } });
  expect((attached.json as { award: Award }).award.achievement.id).toMatch(/^urn:uuid:/);
  await waitFor('the batch with its award', states, (count) => count === 2);

  const emoji = await attach('a-2', { tags: ['\u{1f980}'] });
  expect([emoji.status, emoji.json.errors]).toMatchObject([400, [{ pointer: '/achievement/tags/0' }]]);
  const wrong = { ...details, criteriaUrl: 'https://academy.example/rust|criteria' };
  for (const [method, path] of [
    ['POST', '/v1/batches/b-1/awards'],
    ['PUT', '/v1/batches/b-1/awards/a-1'],
  ] as const) {
    const unsignable = await scene.call('creator', method, path, { ...award, achievement: wrong });
    expect([method, unsignable.status]).toEqual([method, 422]);
    expect(unsignable.json.detail).toContain('achievement.criteriaUrl must be an absolute URI');
  }
  await scene.stopGenerator();
  const unchecked = await attach('a-2', details);
  expect([unchecked.status, unchecked.retryAfter]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  const path = '/v1/batches/b-1/enrolments';
  await scene.call('issuer', 'POST', path, { learnerId: 'L-1', learner: { name: 'Asha' } });
  await waitFor('what was said after it', () => scene.saidOf('learner.updated').length, Boolean);
  expect(states()).toBe(2);
});
