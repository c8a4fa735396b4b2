import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileSafely } from '../processes/write-file-safely.ts';
import { cohortCsv } from './cohort-csv.ts';
import type { DemoApi } from './demo-api.ts';
import type { DemoReceiver } from './demo-receiver.ts';
import { demoTenant } from './demo-tenant.ts';

const neighbour = 'demo-two';

const endpointFile = z.object({ id: z.string(), secret: z.string() });

/** What the demo made, by its ids. */
export interface Seeded {
  readonly batchId: string;
  readonly awardId: string;
}

/**
 * Makes what a cohort needs, through the public interfaces only: two tenants, an issuer, a course, a batch with an award,
 * a webhook endpoint, and the learners from a CSV.
 */
export async function seed(
  api: DemoApi,
  receiver: DemoReceiver,
  batchId: string,
  secretFile: string,
  report: (line: string) => void,
): Promise<Seeded> {
  for (const [id, name, timeZone] of [
    [demoTenant, 'Laurel Academy', 'Asia/Kolkata'],
    [neighbour, 'Northern Institute', 'Europe/Helsinki'],
  ] as const) {
    await api.call({
      service: 'lms',
      method: 'PUT',
      path: `/v1/tenants/${id}`,
      caller: `${demoTenant}-operator`,
      body: { name, timeZone, languages: ['en'] },
    });
  }
  report('two tenants, demo and demo-two');
  await endpoint(api, receiver, secretFile);
  const issuerId = await issuer(api);
  await course(api);
  const today = new Date().toISOString().slice(0, 10);
  await api.call({
    service: 'lms',
    method: 'POST',
    path: '/v1/batches',
    caller: `${demoTenant}-creator`,
    body: { id: batchId, courseId: 'sky', name: 'Reading the night sky, this season', startsOn: today },
  });
  await api.call({
    service: 'lms',
    method: 'POST',
    path: `/v1/batches/${batchId}/awards`,
    caller: `${demoTenant}-creator`,
    body: {
      id: 'completion',
      name: 'Certificate of completion',
      credentialType: { id: 'course-completion' },
      template: { id: 'classic' },
      criteria: { enrolment: { status: 'completed' }, score: { final: { '>=': 60 } } },
      issuerId,
      signatories: [
        { name: 'Dr. Amina Diallo', title: 'Director' },
        { name: 'Prof. Chen Wei', title: 'Head of Astronomy' },
      ],
    },
  });
  report('a course, a batch, and an award for a final score of at least 60 %');
  const answer = await api.call({
    service: 'lms',
    method: 'POST',
    path: `/v1/batches/${batchId}/enrolments/csv`,
    caller: `${demoTenant}-issuer`,
    mediaType: 'text/csv',
    body: cohortCsv(),
  });
  const refused = answer
    .json<{ rows: { line: number; verdict: string; reason?: string }[] }>()
    .rows.filter(({ verdict }) => verdict === 'refused');
  if (refused.length > 0) throw new Error(`The CSV of the demo was refused in part: ${JSON.stringify(refused)}`);
  report('sixty-six learners enrolled from a CSV');
  return { batchId, awardId: 'completion' };
}

/** The endpoint's secret is shown once, so it is kept beside the data. */
async function endpoint(api: DemoApi, receiver: DemoReceiver, secretFile: string): Promise<void> {
  const call = { service: 'webhook-dispatcher', path: '/v1/endpoints', caller: `${demoTenant}-admin` } as const;
  if (existsSync(secretFile)) {
    const kept = endpointFile.parse(JSON.parse(readFileSync(secretFile, 'utf8')));
    receiver.trust(kept.secret);
    if ((await api.ask({ ...call, path: `${call.path}/${kept.id}` })).status === 200) return;
  }
  const made = await api.call({
    ...call,
    method: 'POST',
    body: { url: receiver.url, types: ['*'], description: 'The receiver of the demo' },
  });
  const { id, secret } = endpointFile.parse(made.json());
  receiver.trust(secret);
  writeFileSafely(secretFile, `${JSON.stringify({ id, secret })}\n`);
}

async function issuer(api: DemoApi): Promise<string> {
  const call = { service: 'certificate-registry', path: '/v1/issuers', caller: `${demoTenant}-admin` } as const;
  const here = (await api.call(call)).json<{ items: { id: string; name: string }[] }>().items;
  const known = here.find(({ name }) => name === 'Laurel Academy');
  if (known) return known.id;
  const body = { name: 'Laurel Academy', url: 'https://academy.demo.example' };
  return (await api.call({ ...call, method: 'POST', body })).json<{ id: string }>().id;
}

async function course(api: DemoApi): Promise<void> {
  const call = { service: 'lms', caller: `${demoTenant}-creator` } as const;
  if ((await api.ask({ ...call, path: '/v1/courses/sky' })).status === 200) return;
  await api.call({
    ...call,
    method: 'POST',
    path: '/v1/courses',
    body: {
      id: 'sky',
      title: 'Reading the Night Sky',
      description:
        'Star charts, constellations and the motion of the planets, from first light to a night under the stars.',
    },
  });
}
