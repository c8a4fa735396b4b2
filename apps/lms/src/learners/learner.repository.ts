import type { Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What someone knows of a learner. */
export interface LearnerFacts {
  readonly learnerId: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly account?: string | undefined;
}

/** A learner as it is answered. */
export interface Learner {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly account?: string;
  readonly version: number;
}

/** A learner's row after a change; `made` tells that there was none before. */
export interface ChangedLearner extends Learner {
  readonly tenantId: string;
  readonly made: boolean;
}

/** What may be changed of a learner; `null` takes it away. */
export type LearnerChange = Readonly<Record<'name' | 'email' | 'account', string | null | undefined>>;

interface Row {
  readonly tenant_id: string;
  readonly learner_id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly account: string | null;
  readonly version: number;
}

const columns = 'tenant_id, learner_id, name, email, account, version';

/** The rows of `learner`. */
@Injectable()
export class LearnerRepository {
  constructor(private readonly dataSource: DataSource) {}

  async find(tenantId: string, learnerId: string): Promise<Learner | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM learner WHERE tenant_id = $1 AND learner_id = $2`,
      [tenantId, learnerId],
    );
    return row && learner(row);
  }

  /** The id of the learner who logs in by this account, if it is one's. */
  async ofAccount(tenantId: string, account: string): Promise<string | undefined> {
    const [row] = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM learner WHERE tenant_id = $1 AND account = $2`,
      [tenantId, account],
    );
    return row?.learner_id;
  }

  /** Learners in the order of their ids, from after `after`. */
  async list(tenantId: string, after: string | undefined, limit: number): Promise<Learner[]> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${columns} FROM learner WHERE tenant_id = $1 AND ($2::text IS NULL OR learner_id > $2)
       ORDER BY learner_id LIMIT $3`,
      [tenantId, after ?? null, limit],
    );
    return rows.map(learner);
  }

  /**
   * Makes learners that are not known and fills what is empty of those that are; what is filled stays. Of several facts about
   * one learner the first one counts, member by member.
   *
   * @param tenantIds the tenant of each fact, in their order
   * @returns those that were made or changed, with their raised versions
   */
  async fill(
    transaction: Transaction,
    tenantIds: readonly string[],
    facts: readonly LearnerFacts[],
  ): Promise<ChangedLearner[]> {
    if (facts.length === 0) return [];
    // Grouped: a row can be written once by a statement. Sorted: rows are locked in one order in every process.
    const rows = await transaction.query<Row>(
      `INSERT INTO learner (tenant_id, learner_id, name, email, account, version)
       SELECT tenant_id, learner_id, (array_agg(name ORDER BY place) FILTER (WHERE name IS NOT NULL))[1],
         (array_agg(email ORDER BY place) FILTER (WHERE email IS NOT NULL))[1],
         (array_agg(account ORDER BY place) FILTER (WHERE account IS NOT NULL))[1], 1
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY
         AS given(tenant_id, learner_id, name, email, account, place)
       GROUP BY tenant_id, learner_id ORDER BY tenant_id, learner_id
       ON CONFLICT (tenant_id, learner_id) DO UPDATE
       SET name = coalesce(learner.name, excluded.name), email = coalesce(learner.email, excluded.email),
         account = coalesce(learner.account, excluded.account), version = learner.version + 1
       WHERE (coalesce(learner.name, excluded.name), coalesce(learner.email, excluded.email),
           coalesce(learner.account, excluded.account))
         IS DISTINCT FROM (learner.name, learner.email, learner.account)
       RETURNING ${columns}`,
      [
        tenantIds,
        facts.map(({ learnerId }) => learnerId),
        facts.map(({ name }) => name ?? null),
        facts.map(({ email }) => email ?? null),
        facts.map(({ account }) => account ?? null),
      ],
    );
    return rows.map(changed);
  }

  /** Changes a learner. @returns the row with its raised version, or undefined when nothing changed */
  async change(
    transaction: Transaction,
    tenantId: string,
    learnerId: string,
    change: LearnerChange,
  ): Promise<ChangedLearner | undefined> {
    const [row] = await transaction.query<Row>(
      `UPDATE learner SET version = version + 1, name = CASE WHEN $3 THEN $4 ELSE name END,
         email = CASE WHEN $5 THEN $6 ELSE email END, account = CASE WHEN $7 THEN $8 ELSE account END
       WHERE tenant_id = $1 AND learner_id = $2
         AND (($3 AND name IS DISTINCT FROM $4) OR ($5 AND email IS DISTINCT FROM $6)
           OR ($7 AND account IS DISTINCT FROM $8))
       RETURNING ${columns}`,
      [
        tenantId,
        learnerId,
        ...(['name', 'email', 'account'] as const).flatMap((field) => [
          change[field] !== undefined,
          change[field] ?? null,
        ]),
      ],
    );
    return row && changed(row);
  }
}

function learner({ learner_id, name, email, account, version }: Row): Learner {
  return {
    id: learner_id,
    ...(name === null ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(account === null ? {} : { account }),
    version,
  };
}

function changed(row: Row): ChangedLearner {
  return { tenantId: row.tenant_id, made: row.version === 1, ...learner(row) };
}
