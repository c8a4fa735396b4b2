import type { Transaction } from '@laurel/persistence';
import { validationProblem } from '@laurel/service-kit';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import type { SearchPosition } from '../certificates/certificate-search.ts';
import type { ChangeKind } from '../certificates/change-kind.ts';
import { searchSql } from '../certificates/search-sql.ts';
import { brokenFile, type FileFault } from './broken-file.ts';
import { ChangeJobRepository } from './change-job.repository.ts';
import type { ChangeManyBody } from './change-many-body.ts';
import { ChangeWorker } from './change-worker.ts';
import { type NamedChange, readChangeFile } from './read-change-file.ts';

/** Who asks. */
export interface ChangeCaller {
  readonly tenantId: string;
  readonly actor: string;
}

/** What counts for all certificates of a file. */
export interface ChangeOfFile {
  readonly change: ChangeKind;
  readonly reason?: string | undefined;
  readonly dryRun: boolean;
}

/** Accepts changes of many certificates: as jobs, which a worker does. */
@Injectable()
export class StartChangeJob {
  constructor(
    private readonly jobs: ChangeJobRepository,
    private readonly worker: ChangeWorker,
  ) {}

  /** @returns the job's id */
  async ofFilter(transaction: Transaction, caller: ChangeCaller, body: ChangeManyBody): Promise<string> {
    const createdAt = new Date();
    const until = body.until === undefined ? null : new Date(body.until);
    if (until && body.change !== 'suspend') throw wrongUntil('is for a suspension alone; leave it out');
    if (until && until <= createdAt)
      throw wrongUntil('is over already; give an instant in the future, or leave it out');
    const id = v7();
    const { change, reason, dryRun: isDryRun, filter } = body;
    const resolveUntil = await this.newest(transaction, caller.tenantId);
    await this.jobs.add(transaction, {
      ...{ ...caller, id, change, reason, until, isDryRun, filter, resolveUntil, createdAt },
      state: 'resolving',
    });
    transaction.afterCommit(() => this.worker.nudge());
    return id;
  }

  /** @returns the job's id; throws a 422 that tells every line that is wrong */
  async ofFile(transaction: Transaction, caller: ChangeCaller, of: ChangeOfFile, text: string): Promise<string> {
    const createdAt = new Date();
    const named = readChangeFile(text, { change: of.change, reason: of.reason, now: createdAt });
    const ids = await this.resolved(transaction, caller.tenantId, named);
    const id = v7();
    await this.jobs.add(transaction, {
      ...{ ...caller, id, change: of.change, reason: of.reason ?? null, until: null, isDryRun: of.dryRun },
      ...{ filter: null, resolveUntil: null, createdAt, state: 'running' },
    });
    await this.jobs.addRows(
      transaction,
      id,
      named.map(({ line, reason, until }, index) => ({
        certificate_id: ids[index] ?? '',
        ...{ line, reason: reason ?? null, until: until ?? null },
      })),
    );
    transaction.afterCommit(() => this.worker.nudge());
    return id;
  }

  /** The ids of what a file names, in its order; each certificate stands in it once. */
  private async resolved(transaction: Transaction, tenantId: string, named: readonly NamedChange[]): Promise<string[]> {
    const numbers = named.flatMap(({ number }) => number ?? []);
    const rows = await transaction.query<{ id: string; number: string }>(
      `SELECT id, number FROM certificate WHERE tenant_id = $1 AND id = ANY($2::uuid[])
       UNION SELECT id, number FROM certificate WHERE tenant_id = $1 AND number = ANY($3::text[])`,
      [tenantId, named.flatMap(({ id }) => id ?? []), numbers],
    );
    const known = new Map(rows.flatMap(({ id, number }) => [[id, id] as const, [number, id] as const]));
    const lines = new Map<string, number>();
    const faults: FileFault[] = [];
    const ids = named.map(({ line, column, id, number }) => {
      const found = known.get(id ?? number ?? '');
      const before = found === undefined ? undefined : lines.get(found);
      if (found === undefined)
        faults.push({ line, column, fault: 'the tenant has no certificate with this id or number; take the line out' });
      else if (before === undefined) lines.set(found, line);
      else
        faults.push({ line, column, fault: `the certificate stands in line ${before} already; take one of them out` });
      return found ?? '';
    });
    if (faults.length > 0) throw brokenFile(faults);
    return ids;
  }

  private async newest(transaction: Transaction, tenantId: string): Promise<SearchPosition | null> {
    const part = { columns: 'id, allocated_at', direction: 'newest', limit: 1 } as const;
    const { sql, values } = searchSql(tenantId, {}, part);
    const [row] = await transaction.query<{ id: string; sort_at: string }>(sql, values);
    return row ? { at: row.sort_at, id: row.id } : null;
  }
}

const wrongUntil = (detail: string) =>
  validationProblem([{ in: 'body', pointer: '/until', code: 'until-not-possible', detail }]);
