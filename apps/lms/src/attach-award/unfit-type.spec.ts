import { expect, it } from 'vitest';
import { unfitType } from './unfit-type.ts';

const occasion = ['batchId', 'awardId', 'learnerId'];
const required = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { type: 'string' as const, required: true }]));

it('a batch can award what asks for no more than it can say', () => {
  expect(unfitType({ input: required('courseTitle', 'completedAt', 'score'), occasion })).toBeUndefined();
  expect(unfitType({ input: { dose: { type: 'string', required: false } }, occasion })).toBeUndefined();
  expect(unfitType({ input: required('dose', 'batchId', 'lot'), occasion })).toContain('it requires dose, lot, and');
  expect(unfitType({ input: {}, occasion: ['batchId', 'dose'] })).toContain('its occasion names dose, and');
});
