import type { Page } from '@laurel/service-kit';
import type { ChangeJob } from './change-job.ts';
import type { ChangeJobResult } from './change-job.repository.ts';
import type { ChangeJobView } from './change-job-view.ts';

/** Shows a job with a page of its certificates. */
export function showChangeJob(job: ChangeJob, { items, next }: Page<ChangeJobResult>): ChangeJobView {
  return {
    ...{ jobId: job.id, change: job.change, state: job.state === 'resolving' ? 'running' : job.state },
    dryRun: job.isDryRun,
    ...(job.reason === null ? {} : { reason: job.reason }),
    ...(job.until === null ? {} : { until: job.until.toISOString() }),
    ...(job.filter === null ? {} : { filter: job.filter }),
    createdAt: job.createdAt.toISOString(),
    ...(job.finishedAt === null ? {} : { finishedAt: job.finishedAt.toISOString() }),
    ...(job.failure === null ? {} : { failure: job.failure }),
    counts: job.counts,
    items: items.map(({ certificate_id, line, result, state, detail }) => ({
      certificateId: certificate_id,
      ...(line === null ? {} : { line }),
      ...(result === null ? {} : { result }),
      ...(state === null ? {} : { state }),
      ...(detail === null ? {} : { reason: detail }),
    })),
    ...(next === undefined ? {} : { next }),
  };
}
