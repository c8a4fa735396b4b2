import type { AllocatedCertificate, FailedMaking, IssuerInUse, MadeCertificate } from '@laurel/certificates';
import type { ObjectStore } from '@laurel/object-store';
import { PdfDocument } from '@laurel/rendering';
import type { IssuerKeys } from '../keys/issuer-keys.ts';
import type { Plans } from '../plans/plans.ts';
import type { Lane } from '../print/lane.ts';
import type { PrintQueue } from '../print/print-queue.ts';
import { failedMaking } from './failed-making.ts';
import { MakingFailed } from './making-failed.ts';
import { printRuns, type TemplateRun } from './print-runs.ts';
import type { SignCertificates, Signed } from './sign-certificates.ts';
import { storeDocuments } from './store-documents.ts';

/** What became of allocated certificates. */
export interface Made {
  readonly made: readonly MadeCertificate[];
  readonly failed: readonly FailedMaking[];
}

/** Takes what was made of one print run; the next ones go on meanwhile. */
export type TakeMade = (made: Made) => Promise<void>;

/**
 * Step 2: builds, signs, prints, hashes and stores certificates. No transaction is open meanwhile, and nobody can see what it
 * makes: two workers may make the same certificate, with different bytes under different names.
 *
 * Print runs overlap: while one prints, the next is signed and the one before is stored and taken.
 */
export class MakeCertificates {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly signing: SignCertificates,
    private readonly plans: Plans,
    private readonly queue: PrintQueue,
    private readonly store: ObjectStore,
  ) {}

  /**
   * @param signal ends the making early; what prints is printed
   * @returns when `take` has taken all of them
   * @throws {TransientError} when the database, the store, the browser or the right master key is away; what `take` throws
   */
  async run(
    rows: readonly AllocatedCertificate[],
    issuers: ReadonlyMap<string, IssuerInUse>,
    lane: Lane,
    signal: AbortSignal,
    take: TakeMade,
  ): Promise<void> {
    const kids = rows.flatMap(({ key_kid, integrity_kid }) => [key_kid, integrity_kid]).filter((kid) => kid !== null);
    const keys = await this.keys.keysOf([...new Set(kids)]);
    const ending = new AbortController();
    const ended = AbortSignal.any([signal, ending.signal]);
    const going: Promise<void>[] = [];
    const guarded = async (work: Promise<void>) => {
      try {
        await work;
      } catch (error) {
        // The others stop too: the whole slice comes again.
        ending.abort(error);
        throw error;
      }
    };
    try {
      for (const run of printRuns(rows)) {
        // Here a slice waits for the browser, and the consumer for the slice.
        await this.queue.room(lane, ended);
        const { signed, failed } = await this.signing.run(run.rows, { issuers, keys });
        const printing = guarded(this.printRun(run, signed, failed, lane, ended, take));
        // Thrown below; until then nobody listens to it.
        printing.catch(() => undefined);
        going.push(printing);
      }
    } catch (error) {
      ending.abort(error);
      throw error;
    } finally {
      // All are awaited, whatever fails: nothing goes on in the background of the next attempt.
      await Promise.allSettled(going);
    }
    await Promise.all(going);
  }

  private async printRun(
    { template }: TemplateRun,
    signed: readonly Signed[],
    failed: readonly FailedMaking[],
    lane: Lane,
    signal: AbortSignal,
    take: TakeMade,
  ): Promise<void> {
    try {
      const plan = signed.length > 0 ? await this.plans.get(lane, template) : undefined;
      const records = signed.map(({ record }) => record);
      const printed = plan ? await this.queue.print(lane, plan, records, signal) : [];
      const wrong: FailedMaking[] = [];
      const documents = signed.flatMap((one, index) => {
        const document = printed[index];
        if (document instanceof PdfDocument) return [{ ...one, pdf: document }];
        wrong.push(failedMaking(one.row, document));
        return [];
      });
      await take({ made: await storeDocuments(this.store, documents), failed: [...failed, ...wrong] });
    } catch (error) {
      if (!(error instanceof MakingFailed)) throw error;
      await take({ made: [], failed: [...failed, ...signed.map(({ row }) => failedMaking(row, error))] });
    }
  }
}
