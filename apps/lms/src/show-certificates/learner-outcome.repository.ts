import type { ClauseResult } from '@laurel/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LearnerOutcome } from './learner-outcome-schema.ts';

type Certificate = NonNullable<LearnerOutcome['certificate']>;

/** Where an outcome stands in the list of its learner. */
export interface OutcomePosition {
  readonly at: string;
  readonly key: string;
}

/** An outcome with its place. */
export interface PlacedOutcome {
  readonly outcome: LearnerOutcome;
  readonly position: OutcomePosition;
}

interface Row {
  readonly at: Date;
  readonly key: string;
  readonly batch_id: string | null;
  readonly batch_name: string | null;
  readonly course_title: string | null;
  readonly award_id: string | null;
  readonly award_version: number | null;
  readonly award_name: string | null;
  readonly certificate_id: string | null;
  readonly number: string;
  readonly state: Certificate['state'];
  readonly reason: string | null;
  readonly failure_type: string | null;
  readonly suspended_until: Date | null;
  readonly supersedes: string | null;
  readonly superseded_by: string | null;
  readonly expires_at: Date | null;
  readonly links: Certificate['links'] | null;
  readonly clauses: ClauseResult[] | null;
}

const sql = `
  SELECT found.*, batch.name AS batch_name, batch.course_title, award.state ->> 'name' AS award_name
  FROM (
    SELECT coalesce(issued_at, changed_at) AS at, 'certificate/' || certificate_id AS key, tenant_id, batch_id, award_id,
      award_version, certificate_id, number, state, reason, failure_type, suspended_until, supersedes, superseded_by,
      expires_at, links, NULL::jsonb AS clauses
    FROM certificate WHERE tenant_id = $1 AND learner_id = $2
    UNION ALL
    SELECT at, 'withheld/' || enrolment_id || '/' || award_id, tenant_id, batch_id, award_id, award_version, NULL, NULL,
      NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, clauses
    FROM award_outcome WHERE tenant_id = $1 AND learner_id = $2 AND outcome = 'withheld'
  ) found
    LEFT JOIN batch ON batch.tenant_id = found.tenant_id AND batch.batch_id = found.batch_id
    LEFT JOIN award ON award.tenant_id = found.tenant_id AND award.batch_id = found.batch_id
      AND award.award_id = found.award_id
  WHERE $3::timestamptz IS NULL OR (found.at, found.key) < ($3, $4)
  ORDER BY found.at DESC, found.key DESC LIMIT $5`;

/** A learner's certificates over all batches, and the awards that were withheld. */
@Injectable()
export class LearnerOutcomeRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest first, from after `after`. */
  async list(
    tenantId: string,
    learnerId: string,
    after: OutcomePosition | undefined,
    limit: number,
  ): Promise<PlacedOutcome[]> {
    const rows = await this.dataSource.query<Row[]>(sql, [
      tenantId,
      learnerId,
      after ? new Date(after.at) : null,
      after?.key ?? null,
      limit,
    ]);
    return rows.map((row) => ({ outcome: outcomeOf(row), position: { at: row.at.toISOString(), key: row.key } }));
  }
}

function outcomeOf(row: Row): LearnerOutcome {
  const certificate = certificateOf(row);
  const hasFailed = certificate?.state === 'failed' || certificate?.state === 'withdrawn';
  return {
    outcome: certificate ? (hasFailed ? 'failed' : 'issued') : 'withheld',
    at: row.at.toISOString(),
    ...(row.batch_id === null
      ? {}
      : { batch: { id: row.batch_id, ...known({ name: row.batch_name, courseTitle: row.course_title }) } }),
    ...(row.award_id === null || row.award_version === null
      ? {}
      : { award: { id: row.award_id, version: row.award_version, ...known({ name: row.award_name }) } }),
    ...(certificate ? { certificate } : {}),
    ...known({ clauses: row.clauses }),
  };
}

function certificateOf(row: Row): Certificate | undefined {
  if (row.certificate_id === null) return undefined;
  return {
    id: row.certificate_id,
    number: row.number,
    state: row.state,
    ...known({
      reason: row.reason,
      failureType: row.failure_type,
      suspendedUntil: row.suspended_until?.toISOString(),
      supersedes: row.supersedes,
      supersededBy: row.superseded_by,
      expiresAt: row.expires_at?.toISOString(),
      links: row.links,
    }),
  };
}

type Known<Values> = { [Name in keyof Values]?: NonNullable<Values[Name]> };

/** Without the members that nobody has told yet. */
function known<Values extends object>(values: Values): Known<Values> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  ) as Known<Values>;
}
