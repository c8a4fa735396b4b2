import type { JsonWebKey } from 'node:crypto';
import type { CertificateState } from '@laurel/certificates';
import type { PublicData } from '@laurel/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What the public faces need of a certificate that was issued, whatever became of it. */
export interface PublicRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly public_id: string;
  readonly number: string;
  readonly state: CertificateState;
  readonly state_reason: string | null;
  readonly state_changed_at: Date;
  readonly suspended_until: Date | null;
  readonly allocated_at: Date;
  readonly issued_at: Date;
  readonly expires_at: Date | null;
  readonly credential: string;
  readonly credential_sha256: string;
  readonly pdf_sha256: string;
  readonly pdf_object: string;
  readonly time_zone: string | null;
  /** Of the template that it was printed with; null where it is an SVG. */
  readonly template_type: string | null;
  readonly successor_public_id: string | null;
  readonly successor_number: string | null;
  readonly issuer_id: string;
  readonly issuer_did: string | null;
  /** The key of its token, so that nobody has to ask for it again; null where its row is gone. */
  readonly key_kid: string | null;
  readonly key_public_jwk: JsonWebKey | null;
  readonly key_compromised_at: Date | null;
  /** What its tenant shows; null where nothing was heard of it, and everything is shown. */
  readonly public_data: PublicData | null;
}

const publicId = /^[1-9A-HJ-NP-Za-km-z]{22}$/;

/** What the world reads of certificates. Only here no tenant is asked for: whoever knows the public id may read. */
@Injectable()
export class PublicCertificateRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined where nothing was issued under this id; one that is only allocated is nobody's business yet */
  async find(id: string): Promise<PublicRow | undefined> {
    if (!publicId.test(id)) return undefined;
    const [row] = await this.dataSource.query<PublicRow[]>(
      `SELECT c.id, c.tenant_id, c.public_id, c.number, c.state, c.state_reason, c.state_changed_at, c.suspended_until, c.allocated_at, c.issued_at,
         c.expires_at, c.credential, c.credential_sha256, c.pdf_sha256, c.pdf_object, c.request ->> 'timeZone' AS time_zone,
         c.request -> 'template' ->> 'mediaType' AS template_type,
         s.public_id AS successor_public_id, s.number AS successor_number, c.issuer_id, i.did AS issuer_did, t.public_data,
         k.kid AS key_kid, k.public_jwk AS key_public_jwk, k.compromised_at AS key_compromised_at
       FROM certificate c
       LEFT JOIN certificate s ON s.id = c.superseded_by AND s.tenant_id = c.tenant_id AND s.issued_at IS NOT NULL
       LEFT JOIN issuer i ON i.id = c.issuer_id
       LEFT JOIN issuer_key k ON k.kid = c.key_kid AND k.issuer_id = c.issuer_id
       LEFT JOIN known_tenant t ON t.tenant_id = c.tenant_id
       WHERE c.public_id = $1 AND c.state IN ('issued', 'suspended', 'superseded', 'revoked')`,
      [id],
    );
    return row;
  }
}
