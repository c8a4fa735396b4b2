import { expect, test } from 'vitest';
import { checkAward } from './check-award.ts';

const achievement = {
  id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a',
  type: 'Course',
  name: 'Rust',
  description: 'Completed the course Rust.',
  criteria: 'Complete the course.',
};

test.each([
  ['of few words', {}],
  [
    'that tells everything',
    {
      criteriaUrl: 'https://academy.example/rust',
      image: 'https://academy.example/rust.png',
      humanCode: 'RUST-101',
      inLanguage: 'hi',
      tags: ['rust', 'सिस्टम'],
      alignments: [{ name: 'Systems', url: 'https://skills.example/1' }],
    },
  ],
])('an award %s can be signed', async (_name, more) => {
  const claims = ['courseTitle', 'completedAt', 'score'];
  expect(await checkAward({ achievement: { ...achievement, ...more }, claims })).toEqual([]);
});

test.each([
  ['one address for two things', { criteriaUrl: achievement.id }, [], 'is the id of two different things'],
  ['an address that is none', { criteriaUrl: '/rust' }, [], 'achievement.criteriaUrl must be an absolute URI'],
  ['two claims of one name', {}, ['score', 'score'], 'is the id of two different things'],
  ['tags that verifiers sort differently', { tags: ['\u{1f600}', '\uff01'] }, [], 'sort differently among verifiers'],
])('an award with %s cannot', async (_name, more, claims, problem) => {
  const problems = await checkAward({ achievement: { ...achievement, ...more }, claims });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

test('an award of a type with terms of its own can be signed', async () => {
  expect(await checkAward({ achievement, claims: ['score', 'grade'], terms: ['grade'] })).toEqual([]);
});

test.each([
  ['is taken', 'description', 'description has a meaning in VC 2.0 or Open Badges 3.0'],
  ['is no name', '@type', '@type is no name in camel case'],
])('an award with a term of its own that %s cannot', async (_, name, problem) => {
  expect(await checkAward({ achievement, claims: [name], terms: [name] })).toEqual([expect.stringContaining(problem)]);
});
