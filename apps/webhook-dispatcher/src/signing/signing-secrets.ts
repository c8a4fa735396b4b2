import { randomBytes } from 'node:crypto';
import type { Transaction } from '@laurel/persistence';
import { LOGGER, type Logger } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 } from 'uuid';
import { SecretBox } from './secret-box.ts';

interface Key {
  readonly bytes: Buffer;
  /** Milliseconds since 1970; undefined for the newest key. */
  readonly validUntil: number | undefined;
}

interface Kept {
  readonly version: number;
  readonly keys: readonly Key[];
}

interface Row {
  readonly endpoint_id: string;
  readonly sealed: Buffer;
  readonly valid_until: Date | null;
}

const keptMost = 10_000;

/** The rows of `signing_secret`, and the opened keys of the endpoints that are sent to. */
@Injectable()
export class SigningSecrets {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly box: SecretBox,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Gives an endpoint a new secret. @returns it as its owner is shown it, once: `whsec_` and base64 of 32 bytes */
  async make(transaction: Transaction, endpointId: string): Promise<string> {
    const secret = randomBytes(32);
    await transaction.query('INSERT INTO signing_secret (id, endpoint_id, sealed) VALUES ($1, $2, $3)', [
      v7(),
      endpointId,
      this.box.seal(secret, endpointId),
    ]);
    return `whsec_${secret.toString('base64')}`;
  }

  /** Gives a new secret beside the newest one, which stays valid for 24 h. Older ones end now: two sign at most. */
  async rotate(transaction: Transaction, endpointId: string): Promise<string> {
    await transaction.query('DELETE FROM signing_secret WHERE endpoint_id = $1 AND valid_until IS NOT NULL', [
      endpointId,
    ]);
    await transaction.query(
      `UPDATE signing_secret SET valid_until = now() + interval '24 hours' WHERE endpoint_id = $1`,
      [endpointId],
    );
    return this.make(transaction, endpointId);
  }

  async forget(transaction: Transaction, endpointId: string): Promise<void> {
    await transaction.query('DELETE FROM signing_secret WHERE endpoint_id = $1', [endpointId]);
  }

  /**
   * The keys that sign now, the newest first; none for an endpoint whose secret does not open. `version` is that of the
   * endpoint's row, which every rotation raises.
   */
  async keysOf(endpoints: readonly { id: string; version: number }[]): Promise<Map<string, Buffer[]>> {
    const missing = endpoints.filter(({ id, version }) => this.kept.get(id)?.version !== version);
    if (missing.length > 0) await this.load(new Map(missing.map(({ id, version }) => [id, version])));
    const now = Date.now();
    return new Map(
      endpoints.map(({ id }) => [
        id,
        (this.kept.get(id)?.keys ?? [])
          .filter(({ validUntil }) => validUntil === undefined || validUntil > now)
          .map(({ bytes }) => bytes),
      ]),
    );
  }

  private async load(versions: ReadonlyMap<string, number>): Promise<void> {
    if (this.kept.size + versions.size > keptMost) this.kept.clear();
    const rows = await this.dataSource.query<Row[]>(
      `SELECT endpoint_id, sealed, valid_until FROM signing_secret WHERE endpoint_id = ANY($1::uuid[])
       ORDER BY valid_until DESC NULLS FIRST`,
      [[...versions.keys()]],
    );
    for (const [id, version] of versions) {
      try {
        const own = rows.filter(({ endpoint_id }) => endpoint_id === id);
        this.kept.set(id, { version, keys: own.map((row) => this.opened(row)) });
      } catch (err) {
        this.kept.delete(id);
        this.logger.error({ err, endpointId: id }, 'Nothing can be sent to this endpoint');
      }
    }
  }

  private opened({ endpoint_id, sealed, valid_until }: Row): Key {
    return { bytes: this.box.open(sealed, endpoint_id), validUntil: valid_until?.getTime() };
  }
}
