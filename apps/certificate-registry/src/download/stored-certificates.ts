import { createHash } from 'node:crypto';
import { TransientError } from '@laurel/messaging';
import { type ObjectStore, ObjectStoreUnavailable, openObjectStore } from '@laurel/object-store';
import { LOGGER, type Logger, Problem, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { RegistrySettings } from '../config.ts';
import type { DocumentRow } from './tenant-document.repository.ts';

/** Hands out the stored bytes of certificates, and only if they are the bytes that were issued. */
@Injectable()
export class StoredCertificates implements OnModuleDestroy {
  private readonly objects: ObjectStore;

  constructor(
    @Inject(SETTINGS) settings: RegistrySettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.objects = openObjectStore(settings.OBJECT_STORE_URL);
  }

  /** Throws 502, with an alarm in the log, when the object is gone or is not what was hashed at issue; 503 in an outage. */
  async pdf(row: DocumentRow): Promise<Buffer> {
    const bytes = await this.object(row.pdf_object);
    if (bytes && createHash('sha256').update(bytes).digest('hex') === row.pdf_sha256) return bytes;
    throw this.damaged(row, 'PDF', bytes ? 'is altered' : 'is gone');
  }

  /** The VC-JWT of the row, if it is what was hashed at issue; else as {@link pdf}. */
  credential(row: DocumentRow): Buffer {
    const bytes = Buffer.from(row.credential);
    if (createHash('sha256').update(bytes).digest('hex') === row.credential_sha256) return bytes;
    throw this.damaged(row, 'credential', 'is altered');
  }

  /** What stands under a name; throws 503 in an outage. */
  async object(name: string): Promise<Buffer | undefined> {
    try {
      return await this.objects.get(name);
    } catch (error) {
      if (!(error instanceof ObjectStoreUnavailable)) throw error;
      throw new TransientError('object store', 'the object store does not answer', { cause: error });
    }
  }

  onModuleDestroy(): void {
    this.objects.close();
  }

  private damaged(row: Pick<DocumentRow, 'id' | 'pdf_object'>, what: string, how: string): Problem {
    this.logger.fatal(
      { certificateId: row.id, object: what === 'PDF' ? row.pdf_object : undefined },
      `A stored ${what} ${how}`,
    );
    return new Problem(502, {
      code: 'stored-bytes-differ',
      detail: `The stored ${what} of this certificate is not what was issued, so it is not sent. Its verify page still tells its state; please tell the issuer.`,
    });
  }
}
