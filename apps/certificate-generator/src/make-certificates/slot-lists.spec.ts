import type { AllocatedCertificate } from '@laurel/certificates';
import { expect, test } from 'vitest';
import { slotLists } from './slot-lists.ts';

test('lists are the claims and meta that are rows of plain values, each as text', () => {
  const claims = {
    marks: [
      { subject: 'Rust', score: 87.5, passedAt: '2026-02-28T20:00:00Z', note: null },
      { subject: 'Kafka', passed: true },
    ],
    skills: ['a', 'b'],
    nested: [{ deep: { er: 1 } }],
    mixed: [{ subject: 'Rust' }, 'Kafka'],
    none: [],
  };
  const row = { request: { claims, meta: { rooms: [{ name: 'B-12' }] }, timeZone: 'Asia/Kolkata' } };
  expect(slotLists(row as unknown as AllocatedCertificate)).toEqual({
    'claims.marks': [
      { subject: 'Rust', score: '87.5', passedAt: '1 March 2026' },
      { subject: 'Kafka', passed: 'true' },
    ],
    'meta.rooms': [{ name: 'B-12' }],
  });
});
