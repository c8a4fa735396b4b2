import type { ConsumerState } from '@laurel/messaging';
import type { DatabaseProbe } from './database-probe.ts';
import type { HealthReport, PartReport } from './health-report.ts';

/** Where the service stands between start and end. */
export type Phase = 'starting' | 'serving' | 'stopping';

/** What the health routes tell. */
export class ServiceHealth {
  phase: Phase = 'starting';
  private readonly others: (() => PartReport)[] = [];

  constructor(
    private readonly database: DatabaseProbe | undefined,
    private readonly consumerStates: () => readonly ConsumerState[],
  ) {}

  /**
   * Adds something that the service cannot work without, beside its database and its consumers.
   *
   * @param name as operators know it: `browser`
   * @param trouble what is waited for; undefined while it works. Asked at every look, so it must be cheap
   */
  watch(name: string, trouble: () => string | undefined): void {
    let last: PartReport | undefined;
    this.others.push(() => {
      const on = trouble();
      const state = on === undefined ? 'works' : 'waits';
      if (last?.state !== state || last.on !== on) {
        last = { name, state, since: new Date().toISOString(), ...(on === undefined ? {} : { on }) };
      }
      return last;
    });
  }

  /**
   * Whether the process should be left alone: it answers, so its event loop turns, and no consumer is stuck. Dependencies do
   * not count, nor does a group that stopped: a restart would mend neither.
   */
  live(): HealthReport {
    const consumers = this.consumers();
    const stuck = consumers.filter(({ state }) => state === 'stuck');
    return report(
      stuck.map(({ name, on }) => `${name} is stuck: ${on ?? 'unknown'}`),
      [],
      consumers,
    );
  }

  /** Whether the service should get work now: it has started, is not stopping, and nothing that it needs is waited for. */
  async ready(): Promise<HealthReport> {
    const consumers = this.consumers();
    const dependencies = [...(this.database ? [await this.database.ask()] : []), ...this.others.map((look) => look())];
    const reasons = [...dependencies, ...consumers]
      .filter(({ state }) => state !== 'works')
      .map(({ name, state, on, since }) => `${name} ${words[state]} since ${since}: ${on ?? 'unknown'}`);
    if (this.phase !== 'serving') reasons.unshift(`the service is ${this.phase}`);
    return report(reasons, dependencies, consumers);
  }

  private consumers(): PartReport[] {
    return this.consumerStates().map(({ group, state, on, since }) => ({
      name: group,
      state,
      since: since.toISOString(),
      ...(on === undefined ? {} : { on }),
    }));
  }
}

const words = { works: 'works', waits: 'waits', stuck: 'is stuck', stopped: 'is stopped' } as const;

function report(reasons: string[], dependencies: PartReport[], consumers: PartReport[]): HealthReport {
  return { status: reasons.length === 0 ? 'ok' : 'unavailable', reasons, dependencies, consumers };
}
