import { externalId } from '@laurel/contracts';
import { UnitOfWork } from '@laurel/persistence';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { CsvReport } from '../csv/csv-report.ts';
import { judgeRows } from '../csv/judge-rows.ts';
import { readCsv } from '../csv/read-csv.ts';
import { type Taken, takeRows } from '../csv/take-rows.ts';
import { CompleteCourse, type CompletionVerdict } from './complete-course.ts';
import { completionFields } from './completion-fields.ts';

/** The verdicts on rows that are sound. */
export type TakenCompletion = 'completed' | 'already-completed';

const layout = { columns: ['learnerId', 'completedAt', 'score'], required: ['learnerId'] };
const decimal = z.string().regex(/^\d{1,3}(\.\d{1,10})?$/, 'must be a number from 0 to 100, with a point: 87.5');
const row = z.object({
  learnerId: externalId,
  completedAt: completionFields.completedAt.optional(),
  score: decimal.transform(Number).pipe(completionFields.score).optional(),
});
const refusals: Partial<Record<CompletionVerdict, string>> = {
  left: 'the learner has left this batch; enrol them again first',
  'not-enrolled': 'the learner is not enrolled in this batch; enrol them first',
};

/** Completes the enrolments of a CSV file. A row without `completedAt` completes now. */
@Injectable()
export class CompleteFromCsv {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly completeCourse: CompleteCourse,
  ) {}

  async run(tenantId: string, batchId: string, file: Buffer): Promise<CsvReport<TakenCompletion>> {
    const judged = judgeRows(await readCsv(file, layout), row);
    const now = new Date().toISOString();
    return takeRows(judged, ['completed', 'already-completed'], async (rows) => {
      const reported = rows.map((given) => ({ ...given, completedAt: given.completedAt ?? now }));
      const verdicts = await this.unitOfWork.run((transaction) =>
        this.completeCourse.run(transaction, tenantId, batchId, reported),
      );
      return new Map([...verdicts].map(([id, verdict]) => [id, taken(verdict)]));
    });
  }
}

function taken(verdict: CompletionVerdict): Taken<TakenCompletion> {
  const reason = refusals[verdict];
  return reason === undefined
    ? { verdict: verdict as TakenCompletion }
    : { verdict: 'refused', field: 'learnerId', reason };
}
