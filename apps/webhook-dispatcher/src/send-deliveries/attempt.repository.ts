import { insertRows, type Transaction } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AttemptOutcome } from './attempt-outcome.ts';

export interface AttemptRow {
  readonly n: number;
  readonly started_at: Date;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly error_kind: string | null;
  readonly error: string | null;
  readonly response_headers: Record<string, string> | null;
  readonly response_body: Buffer | null;
}

const columns = {
  delivery_id: 'uuid',
  n: 'integer',
  started_at: 'timestamptz',
  milliseconds: 'integer',
  status: 'integer',
  error_kind: 'text',
  error: 'text',
  response_headers: 'jsonb',
  response_body: 'bytea',
  address: 'text',
};

const keptBody = 2_048;
const keptHeaders = 30;
const keptHeader = 200;

/** The rows of `attempt`: what was tried, and the head of what was answered. They are never changed. */
@Injectable()
export class AttemptRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(transaction: Transaction, outcomes: readonly AttemptOutcome[]): Promise<void> {
    const rows = outcomes.map(({ delivery, startedAt, milliseconds, response, error }) => ({
      delivery_id: delivery.id,
      n: delivery.attempts + 1,
      started_at: startedAt,
      milliseconds: Math.round(milliseconds),
      status: response?.status,
      error_kind: error?.kind,
      error: error?.message,
      response_headers: response && headersToKeep(response.headers),
      response_body: response?.body.subarray(0, keptBody),
      address: response?.address,
    }));
    await insertRows(transaction, 'attempt', columns, rows);
  }

  async of(deliveryId: string): Promise<AttemptRow[]> {
    return this.dataSource.query(
      `SELECT n, started_at, milliseconds, status, error_kind, error, response_headers, response_body
       FROM attempt WHERE delivery_id = $1 ORDER BY n`,
      [deliveryId],
    );
  }
}

/** The first headers, cut to a length; never a cookie, which is somebody's secret. */
function headersToKeep(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (Object.keys(kept).length === keptHeaders) break;
    if (value !== undefined && name !== 'set-cookie')
      kept[name.slice(0, keptHeader)] = String(value).slice(0, keptHeader);
  }
  return kept;
}
