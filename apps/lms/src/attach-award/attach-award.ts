import type { Award } from '@laurel/contracts';
import { type Transaction, UnitOfWork } from '@laurel/persistence';
import { Problem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { notFound } from '../access/not-found.ts';
import { AwardRepository } from '../awards/award.repository.ts';
import { BatchRegistry } from '../batches/batch-registry.ts';
import { type Batch, BatchRepository } from '../batches/batch.repository.ts';
import { EnrolmentRepository } from '../enrolments/enrolment.repository.ts';
import { type GivenAward, ResolveAward } from './resolve-award.ts';
import { SignableAward } from './signable-award.ts';

const mostAwards = 20;

/** An award, and how many learners had completed before it was attached: to them it issues only when it is told to. */
export interface AttachedAward {
  readonly award: Award;
  readonly reaches: number;
}

/** Attaches, replaces and detaches awards. Each change raises the version of the batch and is said with all of it. */
@Injectable()
export class AttachAward {
  constructor(
    private readonly batches: BatchRepository,
    private readonly registry: BatchRegistry,
    private readonly awards: AwardRepository,
    private readonly enrolments: EnrolmentRepository,
    private readonly resolveAward: ResolveAward,
    private readonly signable: SignableAward,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Tells whether credentials of such an award can be signed. Before the transaction that attaches it: none is open while another
   * service is asked.
   *
   * @throws {Problem} as the attaching, and 422 for one whose credentials no verifier could read
   */
  async check(tenantId: string, batchId: string, given: GivenAward): Promise<void> {
    const award = await this.unitOfWork.run(async (transaction) => {
      const batch = await this.batches.find(tenantId, batchId);
      if (!batch) throw notFound('batch', '/v1/batches');
      const attachment = { id: v7(), version: 1, attachedAt: new Date(0).toISOString(), appliesToEarlier: false };
      return this.resolveAward.run(transaction, tenantId, batch.course, given, attachment);
    });
    await this.signable.check(tenantId, award);
  }

  /**
   * Attaches a new award; one that was detached comes back with a higher version.
   *
   * @returns its id
   */
  async attach(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    given: GivenAward & { readonly id?: string | undefined },
  ): Promise<string> {
    const batch = await this.lock(transaction, tenantId, batchId);
    const id = given.id ?? v7();
    const before = await this.awards.find(transaction, tenantId, batchId, id);
    if (before?.attached) {
      throw new Problem(409, {
        code: 'award-exists',
        detail: 'id: the batch has an award of this id; replace it by PUT, or choose another id.',
      });
    }
    const attached = (await this.awards.ofBatches(tenantId, [batchId], transaction)).get(batchId) ?? [];
    if (attached.length >= mostAwards) {
      throw new Problem(422, {
        code: 'too-many-awards',
        detail: `The batch has ${mostAwards} awards, the most there can be; detach or replace one.`,
      });
    }
    await this.write(transaction, tenantId, batch, given, {
      id,
      version: (before?.award.version ?? 0) + 1,
      // The batch is locked: whatever completed before is committed, and what comes after is later.
      attachedAt: new Date().toISOString(),
      appliesToEarlier: false,
    });
    return id;
  }

  /** Replaces an attached award as a whole. It stays attached since when it was: it is a new version of the same award. */
  async replace(
    transaction: Transaction,
    tenantId: string,
    batchId: string,
    awardId: string,
    given: GivenAward,
  ): Promise<AttachedAward> {
    const batch = await this.lock(transaction, tenantId, batchId);
    const { id, version, attachedAt, appliesToEarlier } = await this.attached(transaction, tenantId, batchId, awardId);
    const award = await this.write(transaction, tenantId, batch, given, {
      id,
      version: version + 1,
      attachedAt,
      appliesToEarlier,
    });
    return { award, reaches: await this.enrolments.countCompleted(transaction, tenantId, batchId, attachedAt) };
  }

  /** Certificates of a detached award stay. One that is not attached is detached already. */
  async detach(transaction: Transaction, tenantId: string, batchId: string, awardId: string): Promise<void> {
    await this.lock(transaction, tenantId, batchId);
    const kept = await this.awards.find(transaction, tenantId, batchId, awardId);
    if (!kept) throw notFound('award', '/v1/batches/{batchId}');
    if (!kept.attached) return;
    await this.awards.detach(transaction, tenantId, batchId, awardId);
    await this.registry.say(transaction, tenantId, batchId);
  }

  /** Lets an award apply to those too who completed before it was attached. @returns how many have completed */
  async applyToEarlier(transaction: Transaction, tenantId: string, batchId: string, awardId: string): Promise<number> {
    await this.lock(transaction, tenantId, batchId);
    const award = await this.attached(transaction, tenantId, batchId, awardId);
    if (!award.appliesToEarlier) {
      await this.awards.put(transaction, tenantId, batchId, { ...award, appliesToEarlier: true });
      await this.registry.say(transaction, tenantId, batchId);
    }
    return this.enrolments.countCompleted(transaction, tenantId, batchId, award.attachedAt);
  }

  /** An attached award as it is now. */
  async read(transaction: Transaction, tenantId: string, batchId: string, awardId: string): Promise<AttachedAward> {
    const award = await this.attached(transaction, tenantId, batchId, awardId);
    return { award, reaches: await this.enrolments.countCompleted(transaction, tenantId, batchId, award.attachedAt) };
  }

  private async write(
    transaction: Transaction,
    tenantId: string,
    batch: Batch,
    given: GivenAward,
    attachment: Pick<Award, 'id' | 'version' | 'attachedAt' | 'appliesToEarlier'>,
  ): Promise<Award> {
    const award = await this.resolveAward.run(transaction, tenantId, batch.course, given, attachment);
    await this.awards.put(transaction, tenantId, batch.id, award);
    await this.registry.say(transaction, tenantId, batch.id);
    return award;
  }

  private async lock(transaction: Transaction, tenantId: string, batchId: string): Promise<Batch> {
    const batch = await this.batches.lock(transaction, tenantId, batchId, 'update');
    if (!batch) throw notFound('batch', '/v1/batches');
    return batch;
  }

  private async attached(transaction: Transaction, tenantId: string, batchId: string, awardId: string): Promise<Award> {
    const kept = await this.awards.find(transaction, tenantId, batchId, awardId);
    if (!kept?.attached) throw notFound('award', '/v1/batches/{batchId}');
    return kept.award;
  }
}
