import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PublicRow } from '../verify-certificate/public-certificate.repository.ts';

/** What is needed to hand out the documents of a certificate. */
export type DocumentRow = Pick<
  PublicRow,
  'id' | 'number' | 'credential' | 'credential_sha256' | 'pdf_sha256' | 'pdf_object'
>;

/** The documents of a tenant's own certificates, whatever it shows to others. */
@Injectable()
export class TenantDocumentRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns undefined where the tenant has no such certificate, or one that was not issued */
  async find(tenantId: string, id: string): Promise<DocumentRow | undefined> {
    const [row] = await this.dataSource.query<DocumentRow[]>(
      `SELECT id, number, credential, credential_sha256, pdf_sha256, pdf_object FROM certificate
       WHERE tenant_id = $1 AND id = $2 AND state IN ('issued', 'suspended', 'superseded', 'revoked')`,
      [tenantId, id],
    );
    return row;
  }
}
