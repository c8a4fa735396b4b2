import type { AllocatedCertificate, IssuerInUse } from '@laurel/certificates';
import { expect, test } from 'vitest';
import { slotValues } from './slot-values.ts';

const issuer = { name: 'Acme' } as IssuerInUse;
const row = {
  recipient_name: '<b>Asha</b>',
  number: 'ACME-2026-000001',
  allocated_at: new Date('2026-02-28T20:00:00Z'),
  expires_at: null,
  credential_type_id: 'course-completion',
  tenant_id: 'acme',
  request: {
    claims: { courseTitle: 'Rust', completedAt: '2026-02-28T20:00:00Z', score: '87.5', skills: ['a', 'b'], none: null },
    meta: { batchName: 'Spring', room: 'B-12' },
    signatories: [{ name: 'Dr. Diallo', title: 'Director' }, { name: 'J. Doe' }],
    timeZone: 'Asia/Kolkata',
  },
} as unknown as AllocatedCertificate;

test('what a template can show, dates in the time zone of the request', () => {
  expect(slotValues(row, issuer)).toEqual({
    'recipient.name': '<b>Asha</b>',
    'achievement.name': 'Rust',
    'achievement.description': 'A certificate of the type course-completion: Rust.',
    'issuer.name': 'Acme',
    'certificate.number': 'ACME-2026-000001',
    'certificate.issuedOn': '1 March 2026',
    'completion.completedOn': '1 March 2026',
    'completion.score': '87.5',
    'batch.name': 'Spring',
    'course.title': 'Rust',
    'signatories.0.name': 'Dr. Diallo',
    'signatories.0.title': 'Director',
    'signatories.1.name': 'J. Doe',
    'claims.courseTitle': 'Rust',
    'claims.completedAt': '1 March 2026',
    'claims.score': '87.5',
    'claims.skills': '["a","b"]',
    'meta.batchName': 'Spring',
    'meta.room': 'B-12',
  });
});
