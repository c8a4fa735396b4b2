import type { LearnerUpdated } from '@laurel/contracts';
import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';

/** A learner as `learner.updated` told of them last; not known before it did. */
export interface Learner {
  readonly isKnown: boolean;
  readonly name?: string;
  readonly email?: string;
}

/** Names a learner: an id is one only within its tenant. */
export interface LearnerKey {
  readonly tenantId: string;
  readonly learnerId: string;
}

interface Row {
  readonly tenant_id: string;
  readonly learner_id: string;
  readonly is_known: boolean;
  readonly name: string | null;
  readonly email: string | null;
}

const keyOf = (tenantId: string, learnerId: string) => `${tenantId}\u001f${learnerId}`;
const nobody: Learner = { isKnown: false };

/** The rows of `learner`; inserted and locked as those of `batch` are. */
@Injectable()
export class LearnerRepository {
  /**
   * The learners as they are now. Who has no name yet is inserted if need be, and locked so that whoever gives them one
   * waits for this transaction, or has been waited for; who has one can be certified and needs no lock.
   */
  async share(
    transaction: Transaction,
    keys: readonly LearnerKey[],
  ): Promise<(tenantId: string, learnerId: string) => Learner> {
    let rows = await this.read(transaction, keys);
    const named = new Set(rows.filter(({ name }) => name !== null).map((row) => keyOf(row.tenant_id, row.learner_id)));
    const nameless = keys.filter(({ tenantId, learnerId }) => !named.has(keyOf(tenantId, learnerId)));
    if (nameless.length > 0) {
      await this.insertMissing(transaction, nameless);
      await this.lock(transaction, nameless, 'FOR SHARE');
      // Again: a name may have come while we waited for the lock.
      rows = await this.read(transaction, keys);
    }
    const learners = new Map(
      rows.map(({ tenant_id, learner_id, is_known, name, email }) => [
        keyOf(tenant_id, learner_id),
        { isKnown: is_known, ...(name === null ? {} : { name }), ...(email === null ? {} : { email }) },
      ]),
    );
    return (tenantId, learnerId) => learners.get(keyOf(tenantId, learnerId)) ?? nobody;
  }

  /** Takes over the state of each learner that has a lower sequence, or none. */
  async apply(transaction: Transaction, events: readonly LearnerUpdated[]): Promise<LearnerKey[]> {
    const keys = events.map(({ tenantId, data }) => ({ tenantId, learnerId: data.learnerId }));
    await this.insertMissing(transaction, keys);
    await this.lock(transaction, keys, 'FOR UPDATE');
    const rows = await transaction.query<{ tenant_id: string; learner_id: string }>(
      `UPDATE learner SET sequence = given.sequence, name = given.name, email = given.email
       FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[])
         AS given(tenant_id, learner_id, sequence, name, email)
       WHERE learner.tenant_id = given.tenant_id AND learner.learner_id = given.learner_id
         AND (learner.sequence IS NULL OR learner.sequence < given.sequence)
       RETURNING learner.tenant_id, learner.learner_id`,
      [
        ...this.columns(keys),
        events.map(({ sequence }) => sequence),
        events.map(({ data }) => data.name ?? null),
        events.map(({ data }) => data.email ?? null),
      ],
    );
    return rows.map(({ tenant_id, learner_id }) => ({ tenantId: tenant_id, learnerId: learner_id }));
  }

  private async read(transaction: Transaction, keys: readonly LearnerKey[]): Promise<Row[]> {
    return transaction.query<Row>(
      `SELECT learner.tenant_id, learner.learner_id, learner.sequence IS NOT NULL AS is_known, learner.name, learner.email
       FROM learner JOIN unnest($1::text[], $2::text[]) AS key(tenant_id, learner_id)
         ON learner.tenant_id = key.tenant_id AND learner.learner_id = key.learner_id`,
      this.columns(keys),
    );
  }

  private async insertMissing(transaction: Transaction, keys: readonly LearnerKey[]): Promise<void> {
    await transaction.query(
      `INSERT INTO learner (tenant_id, learner_id)
       SELECT tenant_id, learner_id FROM unnest($1::text[], $2::text[]) AS key(tenant_id, learner_id)
       ORDER BY tenant_id COLLATE "C", learner_id COLLATE "C"
       ON CONFLICT DO NOTHING`,
      this.columns(keys),
    );
  }

  private async lock(
    transaction: Transaction,
    keys: readonly LearnerKey[],
    strength: 'FOR SHARE' | 'FOR UPDATE',
  ): Promise<void> {
    await transaction.query(
      `SELECT 1 FROM learner JOIN unnest($1::text[], $2::text[]) AS key(tenant_id, learner_id)
         ON learner.tenant_id = key.tenant_id AND learner.learner_id = key.learner_id
       ORDER BY learner.tenant_id, learner.learner_id ${strength} OF learner`,
      this.columns(keys),
    );
  }

  private columns(keys: readonly LearnerKey[]): [string[], string[]] {
    return [keys.map(({ tenantId }) => tenantId), keys.map(({ learnerId }) => learnerId)];
  }
}
