import type { Event } from '@laurel/contracts';
import { Outbox } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { type ChangedLearner, type LearnerChange, type LearnerFacts, LearnerRepository } from './learner.repository.ts';

/** Writes learners, and says each change of one in the same transaction. */
@Injectable()
export class LearnerRegistry {
  constructor(
    private readonly learners: LearnerRepository,
    private readonly outbox: Outbox,
  ) {}

  /** Makes or fills learners of one tenant. @returns those that changed, of which some were made */
  async fill(
    transaction: Transaction,
    tenantId: string,
    facts: readonly LearnerFacts[],
  ): Promise<readonly ChangedLearner[]> {
    const changed = await this.learners.fill(
      transaction,
      facts.map(() => tenantId),
      facts,
    );
    await this.say(transaction, changed, () => undefined);
    return changed;
  }

  /** Makes or fills the learners that events tell of; a change is said as caused by the first event about its learner. */
  async fillFrom(
    transaction: Transaction,
    told: readonly { readonly event: Event; readonly facts: LearnerFacts }[],
  ): Promise<void> {
    const changed = await this.learners.fill(
      transaction,
      told.map(({ event }) => event.tenantId),
      told.map(({ facts }) => facts),
    );
    await this.say(
      transaction,
      changed,
      (learner) =>
        told.find(({ event, facts }) => event.tenantId === learner.tenantId && facts.learnerId === learner.id)?.event,
    );
  }

  async change(transaction: Transaction, tenantId: string, learnerId: string, change: LearnerChange): Promise<void> {
    const changed = await this.learners.change(transaction, tenantId, learnerId, change);
    if (changed) await this.say(transaction, [changed], () => undefined);
  }

  private async say(
    transaction: Transaction,
    changed: readonly ChangedLearner[],
    causeOf: (learner: ChangedLearner) => Event | undefined,
  ): Promise<void> {
    const events = changed.map((learner) => {
      const { tenantId, id, name, email, version } = learner;
      const cause = causeOf(learner);
      return {
        tenantId,
        sequence: version,
        data: { learnerId: id, ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) },
        ...(cause ? { cause } : {}),
      };
    });
    await this.outbox.add(transaction, 'learner.updated', events);
  }
}
