import type { CertificateRequested } from '@laurel/contracts';
import { crashPoint, Slice } from '@laurel/messaging';
import { Injectable } from '@nestjs/common';
import { AllocateRequested } from '../allocate-certificates/allocate-requested.ts';
import { IssueDesk } from '../issue-certificates/issue-desk.ts';
import { IssueMade } from '../issue-certificates/issue-made.ts';
import { MakeCertificates } from '../make-certificates/make-certificates.ts';
import type { Lane } from '../print/lane.ts';
import { whileAlive } from './while-alive.ts';

/** From requests to certificates, in three steps (architecture section 4). However often a slice comes: each once. */
@Injectable()
export class ProcessRequests {
  constructor(
    private readonly allocateRequested: AllocateRequested,
    private readonly makeCertificates: MakeCertificates,
    private readonly issueMade: IssueMade,
  ) {}

  async run(events: readonly CertificateRequested[], slice: Slice, lane: Lane): Promise<void> {
    const { rows, issuers, refused, causeOf } = await this.allocateRequested.run(events);
    crashPoint('generator.after-allocate');
    for (const { event, reason } of refused) slice.reject(event, 'permanent', reason);
    if (rows.length === 0) return;
    const desk = new IssueDesk(async (made) => {
      crashPoint('generator.after-make');
      await this.issueMade.run(made, causeOf);
    });
    await whileAlive(slice, (signal) =>
      this.makeCertificates.run(rows, issuers, lane, signal, (made) => desk.take(made)),
    );
    crashPoint('generator.after-issue');
  }
}
