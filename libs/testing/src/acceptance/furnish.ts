import type { DemoCaller } from '@laurel/embedded';
import type { Path } from '../scenarios/path.ts';
import { seedPath } from '../scenarios/seed-path.ts';
import { waitFor } from '../waiting/wait-for.ts';
import { sameIds } from './same-ids.ts';
import { tinyFont } from './tiny-font.ts';

/** The tenants that the OIDC server knows. */
export type Tenant = 'demo' | 'demo-two';

const { batchId, learnerId, award } = sameIds;

// One pixel, as small as a PNG can be.
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A tenant with everything that a route can ask for, under the same ids wherever ids are the maker's. */
export async function furnish(path: Path, tenant: Tenant): Promise<Record<string, string>> {
  const as = (role: string) => `${tenant}-${role}` as DemoCaller;
  const person = tenant === 'demo' ? 'A Person Of Demo' : 'A Person Of The Other';
  const { issuerId } = await seedPath(path, {
    tenant,
    batchId,
    award,
    courseTitle: tenant === 'demo' ? 'Only Demo Knows' : 'Another Course',
  });
  const endpoint = await path.api.call({
    service: 'webhook-dispatcher',
    method: 'POST',
    path: '/v1/endpoints',
    caller: as('admin'),
    body: { url: path.receiver.url, types: ['certificate.issued'], description: `Of ${person}` },
  });
  const { id: endpointId, secret } = endpoint.json<{ id: string; secret: string }>();
  if (tenant === 'demo') path.receiver.trust(secret);
  await path.api.call({
    service: 'lms',
    method: 'POST',
    path: '/v1/learners',
    caller: as('issuer'),
    body: { id: learnerId, name: person, account: as('learner') },
  });
  await path.api.call({
    service: 'asset-store',
    method: 'POST',
    path: '/v1/templates',
    caller: as('creator'),
    body: { id: 'own-design', title: `Design of ${person}` },
  });
  const design = await path.api.call({
    service: 'asset-store',
    path: '/v1/templates/minimal/versions/1/source',
    caller: as('viewer'),
  });
  await path.api.call({
    service: 'asset-store',
    method: 'POST',
    path: '/v1/templates/own-design/versions',
    caller: as('creator'),
    mediaType: 'image/svg+xml',
    body: design.bytes.toString('utf8').replace('</svg>', `<!-- of ${person} --></svg>`),
  });
  // Rendered at the first look; a machine that is busy may need several.
  await waitFor(
    `the samples of ${tenant}${path.logs()}`,
    () =>
      path.api.call({
        service: 'asset-store',
        path: '/v1/templates/own-design/versions/1/samples',
        caller: as('viewer'),
      }),
    () => true,
    { timeout: 120_000, interval: 200 },
  );
  await path.api.call({
    service: 'asset-store',
    method: 'PUT',
    path: '/v1/images/own-image',
    caller: as('creator'),
    mediaType: 'image/png',
    body: pixel,
  });
  await path.api.call({
    service: 'asset-store',
    method: 'PUT',
    path: `/v1/fonts/own-font?${new URLSearchParams({ family: 'Own Roman', licence: `Of ${person}` }).toString()}`,
    caller: as('creator'),
    mediaType: 'font/ttf',
    body: tinyFont(),
  });
  const certified = await path.api.call({
    service: 'certificate-registry',
    method: 'POST',
    path: '/v1/certificates',
    caller: as('issuer'),
    body: {
      credentialType: { id: 'course-completion' },
      template: { id: 'minimal' },
      issuerId,
      learner: { id: 'certified', name: person },
      input: {
        courseId: 'c',
        courseTitle: 'Only Demo Knows',
        courseVersion: 1,
        batchId: 'certified-batch',
        batchName: 'A batch',
        completedAt: '2026-03-01T12:00:00Z',
      },
    },
  });
  await path.send([
    {
      topic: 'course.completed',
      key: null,
      headers: {},
      value: JSON.stringify({ tenantId: tenant, batchId, learnerId, completedAt: '2026-03-01T12:00:00Z', score: 80 }),
    },
  ]);
  const [certificate] = await waitFor(
    `the certificate of ${tenant}${path.logs()}`,
    async () =>
      (
        await path.api.call({
          service: 'certificate-registry',
          path: `/v1/certificates?batchId=${batchId}`,
          caller: as('viewer'),
        })
      ).json<{ items: { id: string; publicId: string; state: string; requestId?: string }[] }>().items,
    (items) => items[0]?.state === 'issued',
    { timeout: 90_000, interval: 100 },
  );
  const job = await path.api.call({
    service: 'certificate-registry',
    method: 'POST',
    path: '/v1/certificates/changes',
    caller: as('issuer'),
    body: { change: 'revoke', reason: `A try of ${person}`, dryRun: true, filter: { batchId } },
  });
  const { jobId } = job.json<{ jobId: string }>();
  await waitFor(
    `the job of ${tenant}${path.logs()}`,
    async () =>
      (
        await path.api.call({
          service: 'certificate-registry',
          path: `/v1/certificates/changes/${jobId}`,
          caller: as('viewer'),
        })
      ).json<{ state: string }>().state,
    (state) => state === 'done',
  );
  const deliveries = await waitFor(
    `the delivery of ${tenant}${path.logs()}`,
    async () =>
      (
        await path.api.call({
          service: 'webhook-dispatcher',
          path: `/v1/endpoints/${endpointId}/deliveries`,
          caller: as('admin'),
        })
      ).json<{ items: { id: string; attempts: number }[] }>().items,
    (items) => items.length > 0 && items.every(({ attempts }) => attempts > 0),
    { timeout: 60_000, interval: 100 },
  );
  return {
    tenantId: tenant,
    issuerId,
    certificateId: certificate!.id,
    publicId: certificate!.publicId,
    requestId: certified.json<{ requestId: string }>().requestId,
    endpointId,
    jobId,
    deliveryId: deliveries[0]!.id,
  };
}
