import { Injectable } from '@nestjs/common';
import type { ChangeOutcome } from '@laurel/certificates';
import type { Transaction } from '@laurel/persistence';
import { certificateConflict } from '../certificates/certificate-conflict.ts';
import { ChangeCertificates } from '../certificates/change-certificates.ts';
import type { ChangeKind } from '../certificates/change-kind.ts';
import { searchSql } from '../certificates/search-sql.ts';
import { changeApart } from './change-apart.ts';
import type { ChangeFilter } from './change-filter.ts';
import type { ChangeJob } from './change-job.ts';
import { ChangeJobRepository, type NewResult, type PendingChange } from './change-job.repository.ts';
import { waitingInOutbox } from './waiting-in-outbox.ts';

/** Certificates that one transaction notes of a filter, and those that one changes. */
const mostNoted = 5_000;
const mostChanged = 200;
/** Rows that a job may write ahead of the outbox. */
const mostAhead = 1_000;

interface Noted {
  readonly id: string;
  readonly credential_type_id: string;
  readonly sort_at: string;
}

/** Does the next step of a job in one transaction: what is committed is done once, and what is not was never begun. */
@Injectable()
export class RunChangeJob {
  constructor(
    private readonly jobs: ChangeJobRepository,
    private readonly changeCertificates: ChangeCertificates,
  ) {}

  /** @returns `full` when the outbox has to be drained before it goes on */
  async run(transaction: Transaction, job: ChangeJob): Promise<'more' | 'full'> {
    return job.state === 'resolving' ? this.resolve(transaction, job) : this.change(transaction, job);
  }

  /** Notes all that is meant before anything is changed, so that neither the job nor what comes later moves its own aim. */
  private async resolve(transaction: Transaction, job: ChangeJob): Promise<'more'> {
    const { credentialTypeId, ...search } = job.filter ?? {};
    const { sql, values } = searchSql(job.tenantId, searchOf(search), {
      ...{ columns: 'id, credential_type_id, allocated_at, state_changed_at', direction: 'oldest' as const },
      ...{ after: job.resolvedTo ?? undefined, upTo: job.resolveUntil ?? undefined, limit: mostNoted },
    });
    const found = job.resolveUntil === null ? [] : await transaction.query<Noted>(sql, values);
    // The type alone has no index: a page is what was looked at, and not what was found.
    const meant = found.filter((row) => credentialTypeId === undefined || row.credential_type_id === credentialTypeId);
    await this.jobs.addRows(
      transaction,
      job.id,
      meant.map(({ id }) => ({ certificate_id: id })),
    );
    const last = found.length < mostNoted ? undefined : found.at(-1);
    await this.jobs.resolve(transaction, job.id, last && { at: last.sort_at, id: last.id });
    return 'more';
  }

  private async change(transaction: Transaction, job: ChangeJob): Promise<'more' | 'full'> {
    const ahead = job.isDryRun ? 0 : await waitingInOutbox(transaction, mostAhead);
    const limit = Math.min(mostChanged, mostAhead - ahead);
    if (limit === 0) {
      await this.jobs.stepBack(transaction, job.id);
      return 'full';
    }
    const rows = await this.jobs.next(transaction, job, limit);
    const change = (some: readonly PendingChange[]) => this.changeRows(transaction, job, some);
    // In parts only once the step has failed: its savepoints are round trips that no other step needs.
    const results = job.failures === 0 ? await change(rows) : await changeApart(transaction, rows, change, failed);
    await this.jobs.record(transaction, job, results, rows.length < limit);
    return 'more';
  }

  private async changeRows(
    transaction: Transaction,
    { tenantId, actor, isDryRun, change }: ChangeJob,
    rows: readonly PendingChange[],
  ): Promise<NewResult[]> {
    const changes = rows.map(({ certificate_id: certificateId, reason, until }) => ({
      ...{ certificateId, reason, until: until ?? undefined },
    }));
    const outcomes = await this.changeCertificates.many(transaction, change, { tenantId, actor, isDryRun, changes });
    return outcomes.map((outcome) => resultOf(outcome, change));
  }
}

function searchOf({ issuedFrom, issuedBefore, ...filter }: Omit<ChangeFilter, 'credentialTypeId'>) {
  return {
    ...filter,
    issuedFrom: issuedFrom === undefined ? undefined : new Date(issuedFrom),
    issuedBefore: issuedBefore === undefined ? undefined : new Date(issuedBefore),
  };
}

function resultOf(outcome: ChangeOutcome, change: ChangeKind): NewResult {
  if (outcome.kind === 'unknown') {
    const detail = 'The certificate is gone since the job was accepted.';
    return { certificate_id: outcome.certificateId, result: 'blocked', state: null, detail };
  }
  const { kind, certificate } = outcome;
  const detail = kind === 'blocked' ? certificateConflict(certificate, change).details.detail : null;
  return { certificate_id: certificate.id, result: kind, state: certificate.state, detail };
}

function failed({ certificate_id }: PendingChange, reason: string): NewResult {
  return {
    certificate_id,
    result: 'failed',
    state: null,
    detail: `An error of its own, and nothing is changed: ${reason}`,
  };
}
