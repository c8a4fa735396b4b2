import type { DemoCaller } from '@laurel/embedded';
import type { Path } from './path.ts';

export interface SeedOptions {
  /** `demo` or `demo-two`: the tenants that the OIDC server knows. */
  readonly tenant?: 'demo' | 'demo-two';
  readonly batchId: string;
  readonly courseTitle?: string;
  /** As libs/rules reads it; a final score of at least 60 where it is left out. */
  readonly criteria?: unknown;
  /** A built-in design. */
  readonly template?: string;
  /** Left out, a batch without an award. */
  readonly award?: string | null;
}

/** What was made. */
export interface SeededPath {
  readonly tenant: 'demo' | 'demo-two';
  readonly batchId: string;
  readonly issuerId: string;
}

/** A tenant, an issuer, a course, a batch and an award, by the public interfaces. Waits until the services know of each other. */
export async function seedPath(path: Path, options: SeedOptions): Promise<SeededPath> {
  const { tenant = 'demo', batchId, award = 'completion' } = options;
  const as = (role: 'operator' | 'admin' | 'creator') => `${tenant}-${role}` as DemoCaller;
  await path.api.call({
    service: 'lms',
    method: 'PUT',
    path: `/v1/tenants/${tenant}`,
    caller: as('operator'),
    body: { name: `Academy ${tenant}`, timeZone: 'Asia/Kolkata', languages: ['en'] },
  });
  const issuer = await path.api.call({
    service: 'certificate-registry',
    method: 'POST',
    path: '/v1/issuers',
    caller: as('admin'),
    body: { name: `Academy ${tenant}`, url: 'https://academy.example' },
  });
  const { id: issuerId } = issuer.json<{ id: string }>();
  await path.api.call({
    service: 'lms',
    method: 'POST',
    path: '/v1/courses',
    caller: as('creator'),
    body: { id: `course-${batchId}`, title: options.courseTitle ?? 'Reading the Night Sky' },
  });
  await path.api.call({
    service: 'lms',
    method: 'POST',
    path: '/v1/batches',
    caller: as('creator'),
    body: { id: batchId, courseId: `course-${batchId}`, name: 'A run of it', startsOn: '2026-01-05' },
  });
  if (award !== null) {
    await path.api.call({
      service: 'lms',
      method: 'POST',
      path: `/v1/batches/${batchId}/awards`,
      caller: as('creator'),
      body: {
        id: award,
        name: 'Certificate of completion',
        credentialType: { id: 'course-completion' },
        template: { id: options.template ?? 'classic' },
        criteria: options.criteria ?? { enrolment: { status: 'completed' }, score: { final: { '>=': 60 } } },
        issuerId,
        signatories: [{ name: 'Dr. Amina Diallo', title: 'Director' }],
      },
    });
  }
  return { tenant, batchId, issuerId };
}
