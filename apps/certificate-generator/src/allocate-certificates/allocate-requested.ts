import {
  addMissingKeys,
  type AllocatedCertificate,
  allocateCertificates,
  findIssuers,
  type IssuerInUse,
  type RefusedRequest,
  resolveIssueNumbers,
} from '@laurel/certificates';
import type { CertificateRequested } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { IssuerKeys } from '../keys/issuer-keys.ts';

/** What a slice of requests came to. */
export interface Allocation {
  /** To be made, each with the request that led here. */
  readonly rows: readonly AllocatedCertificate[];
  readonly issuers: ReadonlyMap<string, IssuerInUse>;
  readonly refused: readonly RefusedRequest[];
  readonly causeOf: (row: { occasion_key: string; issue_number: number }) => CertificateRequested | undefined;
}

/** Step 1: one transaction that gives every requested certificate its row, and an issuer its keys at its first certificate. */
@Injectable()
export class AllocateRequested {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IssuerKeys,
  ) {}

  async run(events: readonly CertificateRequested[]): Promise<Allocation> {
    return this.unitOfWork.run(async (transaction) => {
      const { numbered, refused } = await resolveIssueNumbers(transaction, events);
      const found = await findIssuers(
        transaction,
        numbered.map(({ event }) => event.data.issuerId),
      );
      const wanted = new Map(
        numbered.flatMap(({ event }) => {
          const issuer = found.get(event.data.issuerId);
          return issuer?.tenant_id === event.tenantId ? [[issuer.id, issuer]] : [];
        }),
      );
      const issuers = await addMissingKeys(transaction, wanted, this.keys.make);
      const rows = await allocateCertificates(transaction, numbered, {
        now: new Date(),
        keysOf: (tenantId, issuerId) => {
          const issuer = issuers.get(issuerId);
          if (issuer?.tenant_id !== tenantId || issuer.kid === null || issuer.integrity_kid === null) return undefined;
          return { kid: issuer.kid, integrityKid: issuer.integrity_kid };
        },
      });
      // A row that was found may name another issuer than the request that led to it.
      const others = rows.map(({ issuer_id }) => issuer_id).filter((id) => !issuers.has(id));
      if (others.length > 0) {
        for (const [id, issuer] of await findIssuers(transaction, others)) issuers.set(id, issuer);
      }
      const causes = new Map(
        numbered.map(({ event, occasionKey, issueNumber }) => [`${occasionKey}/${issueNumber}`, event]),
      );
      return {
        rows,
        issuers,
        refused,
        causeOf: ({ occasion_key, issue_number }) => causes.get(`${occasion_key}/${issue_number}`),
      };
    });
  }
}
