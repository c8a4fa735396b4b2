import type { Transaction, UnitOfWork } from '@laurel/persistence';
import type { Logger } from 'pino';
import { type Broker, type BrokerProducer, type OutgoingRecord, RecordsRefused } from '../broker/broker.ts';
import { crashPoint } from '../crash-points/crash-point.ts';
import { metrics } from '../metrics/metrics.ts';
import { withDeadline } from './with-deadline.ts';

export interface RelayOptions {
  readonly unitOfWork: UnitOfWork;
  readonly broker: Broker;
  readonly logger: Logger;
  /** Milliseconds between looks at the outbox that nobody asked for; only a net. */
  readonly pollInterval?: number;
}

interface Waiting {
  position: string;
  lane: number;
  topic: string;
  key: string | null;
  value: string | null;
  headers: Record<string, string | string[]>;
  encoding: 'utf8' | 'base64';
}

const mostRows = 500;
/** The limit of the broker is 1 MB per partition and request, and all rows may go to one partition. */
const mostBytes = 524_288;
const sendDeadline = 10_000;
/** Advisory locks are per database, so one number serves every service. */
const relayLock = 7_291_847;

/**
 * Brings the outbox to the broker. Every replica has one; a transaction-level advisory lock makes one of them drain at
 * a time, so that the order per key holds, and a replica that is stopped loses the lock by its idle timeout.
 *
 * While Kafka answers, the transaction is idle and has no snapshot, so it holds back no vacuum.
 */
export class Relay {
  private producer: BrokerProducer | undefined;
  private limit = mostRows;
  private failures = 0;
  private draining: Promise<void> | undefined;
  private nudged = false;
  private closed = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: RelayOptions) {}

  /** Starts the poll, and sends what an earlier process left. */
  start(): void {
    this.nudge();
    this.poll();
  }

  /** There may be something to send. Cheap, and any number of calls make one drain. */
  nudge(): void {
    this.nudged = true;
    if (this.draining || this.closed) return;
    this.draining = this.drainAll();
  }

  /** Sends what is there, once more, and ends. */
  async close(): Promise<void> {
    if (!this.closed) this.nudge();
    this.closed = true;
    clearTimeout(this.timer);
    await this.draining;
    await this.producer?.close();
    this.producer = undefined;
  }

  private poll(): void {
    const interval = this.options.pollInterval ?? 1_000;
    this.timer = setTimeout(
      () => {
        void this.hasRows().then((rows) => {
          if (rows) this.nudge();
          if (!this.closed) this.poll();
        });
      },
      interval * (0.8 + 0.4 * Math.random()),
    );
    this.timer.unref();
  }

  private async hasRows(): Promise<boolean> {
    try {
      const rows = await this.options.unitOfWork.dataSource.query<unknown[]>('SELECT 1 FROM outbox LIMIT 1');
      return rows.length > 0;
    } catch (error) {
      this.warn(error, 'The outbox cannot be read');
      return false;
    }
  }

  /** Drains until nothing is left and nobody asked again, or until something fails: then the poll comes back to it. */
  private async drainAll(): Promise<void> {
    try {
      let more = true;
      while (more || this.nudged) {
        this.nudged = false;
        more = await this.drainOnce();
        this.failures = 0;
      }
    } catch (error) {
      this.failures++;
      this.warn(error, 'The outbox could not be sent; it is kept and sent again');
    } finally {
      // In the same turn as the last look at `nudged`: a nudge between the two would be nobody's.
      this.draining = undefined;
    }
  }

  /** @returns whether there may be more */
  private async drainOnce(): Promise<boolean> {
    try {
      if (!this.producer && !(await this.hasRows())) return false;
      // Before the lock: to connect to a broker that hangs takes longer than the lock may be held.
      const producer = (this.producer ??= await this.options.broker.producer());
      return await this.options.unitOfWork.run(async (transaction) => {
        await takeLock(transaction);
        // A statement of its own: one snapshot with the lock would show rows that its last holder has sent.
        const rows = await select(transaction, this.limit);
        if (rows.length === 0) return false;
        crashPoint('relay.before-send');
        const refused = await this.send(producer, rows);
        crashPoint('relay.after-send');
        if (refused !== undefined) await reject(transaction, rows, refused);
        await remove(transaction, rows);
        metrics.relayed.inc(rows.length);
        if (refused !== undefined) this.alarm(rows, refused);
        else if (this.limit < mostRows) this.limit = Math.min(mostRows, this.limit * 2);
        return true;
      });
    } catch (error) {
      // It is not known what arrived, and an idempotent producer may lose the next records after that.
      this.discardProducer();
      if (!(error instanceof RefusedAmong)) throw error;
      // One row among these is the culprit: half as many, until it stands alone.
      this.limit = Math.max(1, Math.floor(error.rows / 2));
      return true;
    }
  }

  /** @returns why the broker will never take the row, if there is one row only and so it is */
  private async send(producer: BrokerProducer, rows: readonly Waiting[]): Promise<string | undefined> {
    try {
      await withDeadline(producer.send(rows.map(toRecord)), sendDeadline, 'Kafka did not answer a send');
      return undefined;
    } catch (error) {
      if (!(error instanceof RecordsRefused)) throw error;
      if (rows.length > 1) throw new RefusedAmong(rows.length, { cause: error });
      this.discardProducer();
      return error.message;
    }
  }

  private alarm(rows: readonly Waiting[], reason: string): void {
    metrics.outboxRejected.inc(rows.length);
    for (const { position, topic } of rows) {
      this.options.logger.error(
        { position, topic, reason },
        'The broker refuses a record for good: it stands in outbox_rejected now, and its followers go on',
      );
    }
  }

  private discardProducer(): void {
    // Not awaited: a hung broker would hold the drain. Closing never rejects.
    void this.producer?.close();
    this.producer = undefined;
  }

  private warn(error: unknown, message: string): void {
    const { name, code } = error as { name?: string; code?: string };
    // The first failure at once, then rarely: an outage must not fill the log.
    if (this.failures % 30 <= 1) this.options.logger.warn({ error: name, code, failures: this.failures }, message);
  }
}

/** The broker refused something among several rows. */
class RefusedAmong extends Error {
  override readonly name = 'RefusedAmong';
  constructor(
    readonly rows: number,
    options: ErrorOptions,
  ) {
    super(`The broker refused one of ${rows} records`, options);
  }
}

async function takeLock(transaction: Transaction): Promise<void> {
  // The idle timeout lies above the send's deadline; waiting for the lock may take as long as both.
  await transaction.query(
    `SELECT set_config('idle_in_transaction_session_timeout', '12s', true),
            set_config('lock_timeout', '15s', true), set_config('statement_timeout', '15s', true)`,
  );
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [relayLock]);
}

/**
 * Interactive rows before bulk ones, each in the order of their positions, up to the limits (the first always).
 *
 * Without parameters on purpose: a statement with some leaves its portal open until the next one, and a portal holds its
 * snapshot, which would hold back every vacuum while Kafka answers.
 */
async function select(transaction: Transaction, limit: number): Promise<Waiting[]> {
  return transaction.query<Waiting>(
    `SELECT position, lane, topic, key, value, headers, encoding
     FROM (
       SELECT *, sum(bytes) OVER (ORDER BY lane, position) - bytes AS bytes_before
       FROM (SELECT * FROM outbox ORDER BY lane, position LIMIT ${limit}) AS first
     ) AS counted
     WHERE bytes_before < ${mostBytes}
     ORDER BY lane, position`,
  );
}

async function remove(transaction: Transaction, rows: readonly Waiting[]): Promise<void> {
  await transaction.query(
    `DELETE FROM outbox USING unnest($1::smallint[], $2::bigint[]) AS sent(lane, position)
     WHERE outbox.lane = sent.lane AND outbox.position = sent.position`,
    [rows.map(({ lane }) => lane), rows.map(({ position }) => position)],
  );
}

async function reject(transaction: Transaction, rows: readonly Waiting[], reason: string): Promise<void> {
  await transaction.query(
    `INSERT INTO outbox_rejected (position, topic, key, value, headers, encoding, created_at, reason)
     SELECT position, topic, key, value, headers, encoding, created_at, $2 FROM outbox WHERE position = ANY($1::bigint[])`,
    [rows.map(({ position }) => position), reason],
  );
}

function toRecord(row: Waiting): OutgoingRecord {
  if (row.encoding === 'utf8') return row;
  const bytes = (text: string) => Buffer.from(text, 'base64');
  return {
    topic: row.topic,
    key: row.key === null ? null : bytes(row.key),
    value: row.value === null ? null : bytes(row.value),
    headers: Object.fromEntries(
      Object.entries(row.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(bytes) : bytes(value),
      ]),
    ),
  };
}
