import { emailAddress, externalId, personName } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Batch } from '../batches/batch.repository.ts';
import type { CsvReport } from '../csv/csv-report.ts';
import { judgeRows } from '../csv/judge-rows.ts';
import { readCsv } from '../csv/read-csv.ts';
import { type Taken, takeRows } from '../csv/take-rows.ts';
import type { EnrolVerdict } from '../enrolments/enrolment.repository.ts';
import { EnrolLearners } from './enrol-learners.ts';

const layout = { columns: ['learnerId', 'name', 'email'], required: ['learnerId'] };
const row = z.object({ learnerId: externalId, name: personName.optional(), email: emailAddress.optional() });

/** Enrols the learners of a CSV file. */
@Injectable()
export class EnrolFromCsv {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly enrolLearners: EnrolLearners,
  ) {}

  async run(tenantId: string, batch: Batch, file: Buffer): Promise<CsvReport<EnrolVerdict>> {
    const judged = judgeRows(await readCsv(file, layout), row);
    return takeRows(judged, ['enrolled', 'already-enrolled'], async (rows) => {
      const verdicts = await this.unitOfWork.run((transaction) =>
        this.enrolLearners.run(transaction, tenantId, batch, 'csv', rows),
      );
      return new Map([...verdicts].map(([id, verdict]): [string, Taken<EnrolVerdict>] => [id, { verdict }]));
    });
  }
}
