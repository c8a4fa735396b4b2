import type { JsonWebKey } from 'node:crypto';
import { type KeyPurpose, markListsOfIssuer } from '@laurel/certificates';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What is public of a row of `issuer_key`. This service's role cannot read the private half. */
export interface IssuerKeyRow {
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly publicJwk: JsonWebKey;
  readonly createdAt: Date;
  readonly activeFrom: Date;
  readonly retiredAt: Date | null;
  readonly compromisedAt: Date | null;
  readonly compromiseActor: string | null;
  readonly compromiseReason: string | null;
}

const columns = `
  k.kid, k.purpose, k.public_jwk AS "publicJwk", k.created_at AS "createdAt", k.active_from AS "activeFrom",
  k.retired_at AS "retiredAt", k.compromised_at AS "compromisedAt", k.compromise_actor AS "compromiseActor",
  k.compromise_reason AS "compromiseReason"`;

/** The keys of issuers, as far as they are public. */
@Injectable()
export class IssuerKeyRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** All keys that an issuer ever had, the oldest first: what a retired one signed still verifies. */
  async of(issuerId: string): Promise<IssuerKeyRow[]> {
    return this.dataSource.query<IssuerKeyRow[]>(
      `SELECT ${columns} FROM issuer_key k WHERE k.issuer_id = $1 ORDER BY k.created_at, k.kid`,
      [issuerId],
    );
  }

  /** The key that an issuer, named by its DID, has under this id. */
  async find(kid: string, did: string): Promise<IssuerKeyRow | undefined> {
    const [row] = await this.dataSource.query<IssuerKeyRow[]>(
      `SELECT ${columns} FROM issuer_key k JOIN issuer i ON i.id = k.issuer_id WHERE k.kid = $1 AND i.did = $2`,
      [kid, did],
    );
    return row;
  }

  /** Asks the generator for new keys of an issuer. @returns false when the tenant has no such issuer */
  async askForRotation(tenantId: string, issuerId: string): Promise<boolean> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `WITH asked AS (
         UPDATE issuer SET rotation_asked_at = clock_timestamp() WHERE tenant_id = $1 AND id = $2 RETURNING id)
       SELECT id FROM asked`,
      [tenantId, issuerId],
    );
    return rows.length > 0;
  }

  /**
   * Notes since when a key was in wrong hands. An earlier instant takes the place of a later one, never the other way round: what was
   * once refused does not come back.
   *
   * @returns undefined when the tenant's issuer has no such key
   */
  async markCompromised(
    tenantId: string,
    issuerId: string,
    kid: string,
    { from, reason, actor }: { from: Date; reason: string; actor: string },
  ): Promise<IssuerKeyRow | undefined> {
    const isThere = await this.unitOfWork.run(async (transaction) => {
      const [found] = await transaction.query<{ kid: string }>(
        `SELECT k.kid FROM issuer_key k JOIN issuer i ON i.id = k.issuer_id
         WHERE k.kid = $1 AND i.id = $2 AND i.tenant_id = $3`,
        [kid, issuerId, tenantId],
      );
      if (!found) return false;
      await transaction.query(
        `UPDATE issuer_key SET compromised_at = $2, compromise_reason = $3, compromise_actor = $4
         WHERE kid = $1 AND (compromised_at IS NULL OR compromised_at > $2)`,
        [kid, from, reason, actor],
      );
      // They were signed by it, and would be refused.
      await markListsOfIssuer(transaction, issuerId);
      return true;
    });
    if (!isThere) return undefined;
    return (await this.of(issuerId)).find((row) => row.kid === kid);
  }
}
