import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../supervisor/progress.ts';
import type { Stack } from '../supervisor/stack.ts';
import { completeCohort } from './complete-cohort.ts';
import { DemoApi } from './demo-api.ts';
import { cohort } from './cohort.ts';
import { demoCounts, type DemoCounts } from './demo-counts.ts';
import { DemoReceiver } from './demo-receiver.ts';
import { demoTenant } from './demo-tenant.ts';
import { seed } from './seed.ts';
import { refusals } from './refusals.ts';
import { verifyCohort } from './verify-cohort.ts';

const PASSING = 60;
const PATIENCE_MS = 180_000;
const LOOK_EVERY_MS = 400;

/** The demo of one stack: a cohort completes a course, and everyone who passed holds a certificate. */
export class Demo {
  private readonly api: DemoApi;

  private constructor(
    private readonly stack: Stack,
    private readonly receiver: DemoReceiver,
    private readonly progress: Progress,
    private readonly data: string,
  ) {
    this.api = new DemoApi((service) => stack.address(service), stack.issuer, stack.machines ?? []);
  }

  /** Starts the receiver; undefined where a foreign OIDC issuer leaves the demo without clients. */
  static async start(stack: Stack, progress: Progress, data: string): Promise<Demo | undefined> {
    if (stack.machines === undefined) return undefined;
    return new Demo(stack, await DemoReceiver.start(stack.receiverPort), progress, data);
  }

  /** Seeds the cohort where it is not there yet, and shows how it goes. */
  async show(stopping: AbortSignal): Promise<void> {
    const batchId = 'sky-1';
    const known = await this.api.ask({
      service: 'lms',
      path: `/v1/batches/${batchId}`,
      caller: `${demoTenant}-viewer`,
    });
    const counts = await this.cohort(batchId, known.status === 200, stopping);
    if (counts === undefined) return;
    const [first] = counts.certificates;
    const withheld = counts.decisions.find(({ outcome }) => outcome === 'withheld');
    this.progress.line('');
    this.progress.line('Look at:');
    if (first) {
      this.progress.line(`  a certificate       ${first.links.pdf}`);
      this.progress.line(`  its verify page     ${first.links.verify}`);
      this.progress.line(`  its credential      ${first.links.credential}`);
    }
    const why = withheld?.clauses.find(({ holds }) => !holds)?.reason;
    if (withheld) this.progress.line(`  a withheld one      ${withheld.learnerId}: ${why ?? 'a clause fails'}`);
    this.progress.line('');
  }

  /**
   * The whole way once, with every certificate verified.
   * @returns the closing line, and whether everything was as it must be
   */
  async once(stopping: AbortSignal): Promise<{ line: string; right: boolean }> {
    const batchId = `sky-${Date.now().toString(36)}`;
    const counts = await this.cohort(batchId, false, stopping);
    if (counts === undefined) return { line: 'The demo was stopped.', right: false };
    const { verified, problems } = await this.progress.step(
      'verifying every certificate as a stranger would',
      () => verifyCohort(this.api, counts.certificates, this.receiver, batchId),
      ({ verified: right }) => `${right} are valid`,
    );
    problems.push(...this.withheldProblems(counts));
    problems.push(
      ...(await this.progress.step(
        'showing an altered credential and a revoked certificate',
        () => refusals(this.api, counts.certificates),
        (faults) => (faults.length === 0 ? 'both refused, each for its reason' : 'not refused as they must be'),
      )),
    );
    problems.push(...this.receiver.refused.map((reason) => `the receiver refused a webhook: ${reason}`));
    for (const problem of problems) this.progress.line(`         ${problem}`);
    const { issued, delivered, failed } = counts;
    const right = issued === PASSING && delivered === PASSING && verified === PASSING && failed + problems.length === 0;
    const line = `issued ${issued}, delivered ${delivered}, verified ${verified}, failed ${failed + problems.length} in ${this.progress.seconds} s`;
    return { line, right };
  }

  async stop(): Promise<void> {
    await this.receiver.stop();
  }

  private async cohort(batchId: string, known: boolean, stopping: AbortSignal): Promise<DemoCounts | undefined> {
    if (!known) {
      const secretFile = join(this.data, 'demo-endpoint.json');
      await this.progress.step('seeding through the public APIs', (report) =>
        seed(this.api, this.receiver, batchId, secretFile, report),
      );
      await this.progress.step('half complete by HTTP, half by plain records on course.completed', () =>
        completeCohort(this.api, this.stack.brokers, batchId),
      );
    }
    const learners = cohort().length;
    const until = performance.now() + PATIENCE_MS;
    for (let last = ''; ;) {
      const counts = await demoCounts(this.api, this.receiver, batchId);
      const { completed, decided, withheld, issued, delivered, failed } = counts;
      const line = `  completed ${completed} · decided ${decided} · withheld ${withheld} · issued ${issued} · delivered ${delivered}${failed > 0 ? ` · failed ${failed}` : ''}`;
      const heard = known || delivered === issued;
      const done = completed === learners && decided === learners && issued + failed + withheld === learners && heard;
      if (done || line !== last) {
        if (this.progress.live && !done) this.progress.pass(line);
        else this.progress.line(line);
      }
      last = line;
      if (done) return counts;
      if (performance.now() > until) {
        throw new Error(`The cohort of batch ${batchId} did not come to its end in ${PATIENCE_MS / 1000} s:${line}`);
      }
      if (stopping.aborted) return undefined;
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Six are withheld, and each is told that it was for the score. */
  private withheldProblems({ decisions, withheld }: DemoCounts): string[] {
    const failing = cohort().filter(({ score }) => score < 60);
    const problems = withheld === failing.length ? [] : [`${withheld} are withheld instead of ${failing.length}`];
    for (const { learnerId } of failing) {
      const decision = decisions.find((one) => one.learnerId === learnerId);
      const reasons = decision?.clauses.filter(({ holds, clause }) => !holds && clause.includes('score'));
      if (decision?.outcome !== 'withheld' || reasons?.length !== 1) {
        problems.push(`${learnerId} should be withheld for the score, and is ${decision?.outcome ?? 'undecided'}`);
      }
    }
    return problems;
  }
}
