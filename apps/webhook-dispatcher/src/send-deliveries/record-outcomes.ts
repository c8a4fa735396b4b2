import type { Event } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import { type Transaction, UnitOfWork } from '@laurel/persistence';
import { LOGGER, type Logger, SETTINGS, type Settings } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { settings } from '../config.ts';
import { DeliveryRepository, type HeadDelivery } from '../deliveries/delivery.repository.ts';
import { EndpointRepository } from '../endpoints/endpoint.repository.ts';
import { laneHealth } from '../lanes/lane-health.ts';
import { type LaneChange, LaneRepository, type Lease, type LockedLane } from '../lanes/lane.repository.ts';
import type { AttemptOutcome } from './attempt-outcome.ts';
import { AttemptRepository } from './attempt.repository.ts';
import { judgeAttempt, type Verdict } from './judge-attempt.ts';

/** What senders have to write: outcomes, and leases that end. */
export interface Records {
  readonly outcomes: readonly AttemptOutcome[];
  readonly handBacks: readonly HandBack[];
}

export interface HandBack {
  readonly lease: Lease;
  /** Nothing is sent for so long. */
  readonly pauseMs?: number;
}

interface Judged {
  readonly outcome: AttemptOutcome;
  readonly verdict: Verdict;
}

/** Writes what attempts came to: deliveries, the log of attempts, lanes, and what is said of it, in one transaction. */
@Injectable()
export class RecordOutcomes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lanes: LaneRepository,
    private readonly deliveries: DeliveryRepository,
    private readonly attempts: AttemptRepository,
    private readonly endpoints: EndpointRepository,
    private readonly outbox: Outbox,
    @Inject(SETTINGS) private readonly config: Settings<typeof settings>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns the endpoints to which this process must not send more under the leases that it has */
  async run({ outcomes, handBacks }: Records): Promise<ReadonlySet<string>> {
    const now = Date.now();
    const judged = outcomes.map((outcome) => ({
      outcome,
      verdict: judgeAttempt(outcome, this.config.RETRY_SCHEDULE, Math.random(), now),
    }));
    return this.unitOfWork.run((transaction) => this.write(transaction, judged, handBacks));
  }

  private async write(
    transaction: Transaction,
    judged: Judged[],
    handBacks: readonly HandBack[],
  ): Promise<ReadonlySet<string>> {
    const touched = [...judged.map(({ outcome }) => outcome), ...handBacks].map(({ lease }) => lease.endpointId);
    const locked = new Map(
      (await this.lanes.lock(transaction, [...new Set(touched)])).map((lane) => [lane.endpointId, lane]),
    );
    // Whoever has the lane now sends these deliveries again: what the former holder learned must not undo what he writes.
    const holds = ({ lease }: { lease: Lease }) => locked.get(lease.endpointId)?.token === lease.token;
    const valid = judged.filter(({ outcome }) => holds(outcome));
    if (valid.length < judged.length) {
      this.logger.warn(
        { count: judged.length - valid.length },
        'Outcomes came after the lease of their lane and are dropped',
      );
    }
    const changed = await this.deliveries.settle(
      transaction,
      valid.map(({ verdict }) => verdict.change),
    );
    await this.attempts.add(
      transaction,
      valid.map(({ outcome }) => outcome),
    );
    const { changes, disabled } = this.laneChanges(locked, valid, handBacks.filter(holds));
    if (disabled.size > 0) {
      await this.endpoints.disable(transaction, new Map([...disabled].map(([id, { reason }]) => [id, reason])));
    }
    if (changes.length > 0) await this.lanes.settle(transaction, changes);
    await this.say(
      transaction,
      valid.filter(({ verdict }) => changed.has(verdict.change.id)),
      disabled,
    );
    const lost = judged.filter(({ outcome }) => !holds(outcome)).map(({ outcome }) => outcome.lease.endpointId);
    const halted = changes.filter(({ isOpen, isDisabled, pauseMs }) => isOpen || isDisabled || pauseMs !== undefined);
    return new Set([...lost, ...halted.map(({ endpointId }) => endpointId)]);
  }

  private laneChanges(
    locked: ReadonlyMap<string, LockedLane>,
    judged: readonly Judged[],
    handBacks: readonly HandBack[],
  ) {
    const changes = new Map<string, LaneChange>();
    const disabled = new Map<string, { reason: string; tenantId: string }>();
    const of = (endpointId: string): LaneChange => {
      const known = changes.get(endpointId) ?? locked.get(endpointId);
      if (!known) throw new Error(`The lane of endpoint ${endpointId} is gone`);
      return { retryMs: undefined, pauseMs: undefined, isWell: false, isDisabled: false, handsBack: false, ...known };
    };
    for (const { outcome, verdict } of judged) {
      const { endpointId, isProbe } = outcome.lease;
      const before = of(endpointId);
      const health = laneHealth(before, verdict.succeeded, isProbe);
      const pauses = [before.pauseMs, health.pauseMs && health.pauseMs * (1 + Math.random() / 5), verdict.pauseMs];
      const reason = verdict.isGone
        ? 'it answered 410 Gone'
        : health.isGivenUp
          ? 'every delivery failed for five days'
          : undefined;
      if (reason) disabled.set(endpointId, { reason, tenantId: outcome.delivery.tenant_id });
      changes.set(endpointId, {
        ...before,
        ...health,
        isWell: verdict.succeeded,
        pauseMs: verdict.succeeded ? undefined : longest(pauses),
        retryMs: earliest([before.retryMs, verdict.change.delayMs ?? undefined]),
        isDisabled: before.isDisabled || reason !== undefined,
      });
    }
    for (const { lease, pauseMs } of handBacks) {
      const before = of(lease.endpointId);
      changes.set(lease.endpointId, { ...before, handsBack: true, pauseMs: longest([before.pauseMs, pauseMs]) });
    }
    return { changes: [...changes.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1)), disabled };
  }

  private async say(
    transaction: Transaction,
    judged: readonly Judged[],
    disabled: ReadonlyMap<string, { reason: string; tenantId: string }>,
  ): Promise<void> {
    const at = new Date().toISOString();
    const named = ({ outcome: { delivery }, verdict: { change } }: Judged) => ({
      endpointId: delivery.endpoint_id,
      deliveryId: delivery.id,
      eventId: delivery.event_id,
      eventType: delivery.event_type,
      attempts: change.attempts,
    });
    const ended = (state: string) => judged.filter(({ verdict }) => verdict.change.state === state);
    await this.outbox.add(
      transaction,
      'webhook.delivered',
      ended('delivered').map((one) => ({
        tenantId: one.outcome.delivery.tenant_id,
        cause: causeOf(one.outcome.delivery),
        data: { ...named(one), status: one.verdict.change.lastStatus ?? 200, deliveredAt: at },
      })),
    );
    await this.outbox.add(
      transaction,
      'webhook.failed',
      ended('failed').map((one) => ({
        tenantId: one.outcome.delivery.tenant_id,
        cause: causeOf(one.outcome.delivery),
        data: { ...named(one), reason: one.verdict.change.lastError ?? 'unknown', failedAt: at },
      })),
    );
    await this.outbox.add(
      transaction,
      'endpoint.disabled',
      [...disabled].map(([endpointId, { reason, tenantId }]) => ({
        tenantId,
        data: { endpointId, reason, disabledAt: at },
      })),
    );
  }
}

function longest(pauses: readonly (number | undefined)[]): number | undefined {
  const given = pauses.filter((pause) => pause !== undefined);
  return given.length === 0 ? undefined : Math.max(...given);
}

function earliest(waits: readonly (number | undefined)[]): number | undefined {
  const given = waits.filter((wait) => wait !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}

/** The event that was delivered, for its correlation and trace. */
function causeOf(delivery: HeadDelivery): Event {
  return {
    id: delivery.source_event_id,
    source: '',
    type: delivery.event_type,
    time: delivery.occurred_at,
    tenantId: delivery.tenant_id,
    correlationId: delivery.correlation_id,
    ...(delivery.traceparent === null ? {} : { traceparent: delivery.traceparent }),
    data: {},
  };
}
