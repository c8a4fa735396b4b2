import type { DemoApi } from './demo-api.ts';
import type { DemoReceiver } from './demo-receiver.ts';
import { demoTenant } from './demo-tenant.ts';

/** One decision as rule-evaluator tells it. */
export interface DemoDecision {
  readonly learnerId: string;
  readonly outcome: 'eligible' | 'withheld' | 'waiting';
  readonly clauses: readonly { readonly clause: string; readonly holds: boolean; readonly reason: string }[];
}

/** One certificate as certificate-registry tells it. */
export interface DemoCertificate {
  readonly id: string;
  readonly publicId: string;
  readonly number: string;
  readonly state: string;
  readonly recipient: { readonly learnerId: string; readonly name: string };
  readonly links: { readonly verify: string; readonly pdf: string; readonly credential: string };
  readonly hashes?: { readonly pdf: string; readonly credential: string };
}

/** How far a cohort is. */
export interface DemoCounts {
  readonly completed: number;
  readonly decided: number;
  readonly withheld: number;
  readonly issued: number;
  readonly failed: number;
  readonly delivered: number;
  readonly decisions: readonly DemoDecision[];
  readonly certificates: readonly DemoCertificate[];
}

/** Counts one batch, through the public interfaces. */
export async function demoCounts(api: DemoApi, receiver: DemoReceiver, batchId: string): Promise<DemoCounts> {
  const [enrolments, decisions, certificates] = await Promise.all([
    all<{ status: string }>(api, 'lms', `/v1/batches/${batchId}/enrolments?limit=100`),
    all<DemoDecision>(api, 'rule-evaluator', `/v1/decisions?batchId=${batchId}&limit=100`),
    all<DemoCertificate>(api, 'certificate-registry', `/v1/certificates?batchId=${batchId}&limit=100`),
  ]);
  const count = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length;
  return {
    completed: count(enrolments, ({ status }) => status === 'completed'),
    decided: count(decisions, ({ outcome }) => outcome !== 'waiting'),
    withheld: count(decisions, ({ outcome }) => outcome === 'withheld'),
    issued: count(certificates, ({ state }) => state === 'issued'),
    failed: count(certificates, ({ state }) => state === 'failed'),
    delivered: receiver.issuedIn(batchId).length,
    decisions,
    certificates,
  };
}

/** Every item of a list, page by page. */
async function all<T>(api: DemoApi, service: string, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ;) {
    const page = (
      await api.call({
        service,
        path: cursor === undefined ? path : `${path}&cursor=${encodeURIComponent(cursor)}`,
        caller: `${demoTenant}-viewer`,
      })
    ).json<{ items: T[]; next?: string | null }>();
    items.push(...page.items);
    if (page.next === undefined || page.next === null) return items;
    cursor = page.next;
  }
}
