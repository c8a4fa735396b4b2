import { settleCertificates, type Settlement } from '@laurel/certificates';
import { crashPoint, type Outbox } from '@laurel/messaging';
import { type UnitOfWork } from '@laurel/persistence';
import type { Allocation } from '../allocate-certificates/allocate-requested.ts';
import type { Made } from '../make-certificates/make-certificates.ts';
import { failedData } from './failed-data.ts';
import { issuedData } from './issued-data.ts';
import { supersededData } from './superseded-data.ts';

const actor = 'certificate-generator';

/** Step 3: one transaction that issues what was made and says so, for those rows only that it found still allocated. */
export class IssueMade {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox,
    private readonly publicUrl: string,
  ) {}

  async run(made: Made, causeOf: Allocation['causeOf']): Promise<Settlement> {
    const now = new Date();
    return this.unitOfWork.run(async (transaction) => {
      const settlement = await settleCertificates(transaction, made, { actor, now });
      const { issued, superseded, failed } = settlement;
      const event = <
        Row extends { tenant_id: string; version: number; occasion_key: string; issue_number: number },
        Data,
      >(
        row: Row,
        data: Data,
      ) => {
        const cause = causeOf(row);
        return { tenantId: row.tenant_id, sequence: row.version, data, ...(cause ? { cause } : {}) };
      };
      await this.outbox.add(
        transaction,
        'certificate.changed',
        superseded.map((row) => {
          const successor = { occasion_key: row.occasion_key, issue_number: row.issue_number + 1 };
          return {
            ...event({ ...row, ...successor }, supersededData(row, now)),
            type: 'certificate.superseded.v1' as const,
          };
        }),
      );
      await this.outbox.add(
        transaction,
        'certificate.issued',
        issued.map((row) => event(row, issuedData(row, this.publicUrl))),
      );
      await this.outbox.add(
        transaction,
        'certificate.failed',
        failed.map((row) => event(row, failedData(row, now))),
      );
      crashPoint('generator.in-issue');
      return settlement;
    });
  }
}
