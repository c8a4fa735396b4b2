import { createHash } from 'node:crypto';
import {
  type AllocatedCertificate,
  type FailedMaking,
  type IssuerInUse,
  type MadeCertificate,
  publicLinks,
} from '@laurel/certificates';
import { buildCredential, CredentialRefused, type Signer } from '@laurel/credentials';
import type { ObjectStore } from '@laurel/object-store';
import type { PrintRecord, SlotImage } from '@laurel/rendering';
import { type IssuerKeys } from '../keys/issuer-keys.ts';
import type { Lane } from '../print/lane.ts';
import type { PrintQueue } from '../print/print-queue.ts';
import type { AssetShelf } from './asset-shelf.ts';
import { credentialInputOf } from './credential-input-of.ts';
import { failedMaking } from './failed-making.ts';
import { MakingFailed } from './making-failed.ts';
import { type PrintRun, printRuns } from './print-runs.ts';
import { slotValues } from './slot-values.ts';
import { storeAnswer } from './store-answer.ts';

/** What became of allocated certificates. */
export interface Made {
  readonly made: MadeCertificate[];
  readonly failed: FailedMaking[];
}

/** One that can be printed: signed, and all that it shows at hand. */
interface Ready {
  readonly row: AllocatedCertificate;
  readonly credential: string;
  readonly record: PrintRecord;
}

/**
 * Step 2: builds, signs, prints, hashes and stores certificates. No transaction is open meanwhile, and nobody can see what it
 * makes: two workers may make the same certificate, with different bytes under different names.
 */
export class MakeCertificates {
  constructor(
    private readonly keys: IssuerKeys,
    private readonly shelf: AssetShelf,
    private readonly queue: PrintQueue,
    private readonly store: ObjectStore,
    private readonly publicUrl: string,
  ) {}

  /**
   * @param signal ends the making early; what prints is printed
   * @throws {TransientError} when the database, the store, the browser or the right master key is away
   */
  async run(
    rows: readonly AllocatedCertificate[],
    issuers: ReadonlyMap<string, IssuerInUse>,
    lane: Lane,
    signal: AbortSignal,
  ): Promise<Made> {
    const signers = await this.keys.signersOf(rows.flatMap(({ key_kid }) => (key_kid === null ? [] : [key_kid])));
    // All are awaited, whatever fails: nothing goes on in the background of the next attempt.
    const settled = await Promise.allSettled(
      printRuns(rows).map((run) => this.printRun(run, issuers, signers, lane, signal)),
    );
    const outcomes = settled.flatMap((one) => {
      if (one.status === 'rejected') throw one.reason;
      return [one.value];
    });
    return { made: outcomes.flatMap(({ made }) => made), failed: outcomes.flatMap(({ failed }) => failed) };
  }

  private async printRun(
    { template, rows }: PrintRun,
    issuers: ReadonlyMap<string, IssuerInUse>,
    signers: ReadonlyMap<string, Signer>,
    lane: Lane,
    signal: AbortSignal,
  ): Promise<Made> {
    const failed: FailedMaking[] = [];
    const sorted = await Promise.all(
      rows.map(async (row): Promise<Ready[]> => {
        try {
          return [await this.prepare(row, issuers.get(row.issuer_id), signers)];
        } catch (error) {
          failed.push(failedMaking(row, error));
          return [];
        }
      }),
    );
    const ready = sorted.flat();
    if (ready.length === 0) return { made: [], failed };
    try {
      const plan = await this.shelf.plan(lane, template);
      const printed = await this.queue.print(
        lane,
        plan,
        ready.map(({ record }) => record),
        signal,
      );
      const documents = ready.flatMap((one, index) => {
        const document = printed[index];
        if (Buffer.isBuffer(document)) return [{ ...one, pdf: document }];
        failed.push(failedMaking(one.row, document));
        return [];
      });
      return { made: await this.keep(documents), failed };
    } catch (error) {
      if (!(error instanceof MakingFailed)) throw error;
      return { made: [], failed: [...failed, ...ready.map(({ row }) => failedMaking(row, error))] };
    }
  }

  private async prepare(
    row: AllocatedCertificate,
    issuer: IssuerInUse | undefined,
    signers: ReadonlyMap<string, Signer>,
  ): Promise<Ready> {
    const sign = row.key_kid === null ? undefined : signers.get(row.key_kid);
    if (!issuer || issuer.tenant_id !== row.tenant_id || !sign) {
      throw new MakingFailed('issuer-unknown', `the tenant has no issuer ${row.issuer_id}; make it at the registry`);
    }
    const images: Record<string, SlotImage> = {};
    for (const [index, { signature }] of (row.request.signatories ?? []).entries()) {
      if (!signature) continue;
      images[`signatories.${index}.signature`] = await this.shelf.image({ tenantId: row.tenant_id, ...signature });
    }
    const values = slotValues(row, issuer);
    try {
      return {
        row,
        credential: await sign(buildCredential(credentialInputOf(row, issuer, this.publicUrl))),
        record: {
          values,
          images,
          qr: publicLinks(this.publicUrl, row.public_id).verify,
          title: `${values['achievement.name'] ?? row.number}, ${row.recipient_name}`,
        },
      };
    } catch (error) {
      if (!(error instanceof CredentialRefused)) throw error;
      throw new MakingFailed('credential-refused', error.message, { cause: error });
    }
  }

  /** Stored before the row names it; the name holds the hash, so two makings never meet in one object. */
  private async keep(documents: readonly (Ready & { pdf: Buffer })[]): Promise<MadeCertificate[]> {
    const made = documents.map(({ row, credential, pdf }) => {
      const pdf_sha256 = sha256(pdf);
      const day = row.allocated_at.toISOString().slice(0, 10);
      return {
        id: row.id,
        credential,
        credential_sha256: sha256(credential),
        pdf_sha256,
        pdf_object: `certificates/${row.tenant_id}/${day}/${row.id}-${pdf_sha256}.pdf`,
        bytes: pdf,
      };
    });
    await storeAnswer(() =>
      this.store.put(made.map(({ pdf_object: name, bytes }) => ({ name, bytes, mediaType: 'application/pdf' }))),
    );
    return made.map(({ bytes: _, ...one }) => one);
  }
}

function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
