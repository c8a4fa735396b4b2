import { type AllocatedCertificate, allocatedColumns, type IssuerInUse } from '@laurel/certificates';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** A certificate that was issued, with all that its picture shows. */
export interface DrawnCertificate {
  readonly row: AllocatedCertificate;
  readonly issuer: IssuerInUse;
  /** The VC-JWT. */
  readonly credential: string;
  readonly credential_sha256: string;
  readonly pdf_sha256: string;
}

type Row = AllocatedCertificate &
  Omit<DrawnCertificate, 'row' | 'issuer'> & {
    readonly issuer_name: string;
    readonly url: string;
    readonly image: string | null;
    readonly did: string;
  };

/** Reads certificates for their pictures. */
@Injectable()
export class DrawnCertificateRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined where the tenant has none of this id that was ever issued; whatever became of it since, its holder may have its picture */
  async find(tenantId: string, id: string): Promise<DrawnCertificate | undefined> {
    const columns = allocatedColumns.map((name) => `c.${name}`).join(', ');
    const [found] = await this.dataSource.query<Row[]>(
      `SELECT ${columns}, c.credential, c.credential_sha256, c.pdf_sha256, i.name AS issuer_name, i.url, i.image, i.did
       FROM certificate c JOIN issuer i ON i.id = c.issuer_id AND i.tenant_id = c.tenant_id
       WHERE c.id = $1 AND c.tenant_id = $2 AND c.state IN ('issued', 'suspended', 'superseded', 'revoked')`,
      [id, tenantId],
    );
    if (!found) return undefined;
    const { credential, credential_sha256, pdf_sha256, issuer_name: name, url, image, did, ...row } = found;
    const { issuer_id: issuerId, tenant_id, key_kid: kid, integrity_kid } = row;
    const issuer = { id: issuerId, tenant_id, name, url, image, did, kid, integrity_kid };
    return { row, issuer, credential, credential_sha256, pdf_sha256 };
  }
}
