import { createHash } from 'node:crypto';
import { statusListAddress } from '@laurel/certificates';
import { buildStatusList } from '@laurel/credentials';
import type { UnitOfWork } from '@laurel/persistence';
import type { DocumentSigners } from './document-signers.ts';
import type { DueList, DueLists } from './due-list.ts';
import { StatusListRepository } from './status-list.repository.ts';

/** One edition that was signed. */
export interface SignedList {
  readonly list: string;
  /** Changes that were waiting for it; several may be of one certificate. */
  readonly changes: number;
  /** Bits that are set. */
  readonly set: number;
}

/** Milliseconds. A verifier may keep a list as long as a cache may, and both less than it is valid. */
const [ttl, life, renewedAfter] = [300_000, 24 * 3_600_000, 11 * 3_600_000];

/**
 * Signs status lists (architecture section 6): never edits one, but reads all of its bits from the rows of the certificates, builds
 * it anew and signs both forms of it. All of one edition is one transaction under the list's advisory lock; a signer that dies in it
 * leaves the changes where they were, for another.
 */
export class SignStatusLists {
  private readonly repository = new StatusListRepository();

  /** @param window milliseconds between two editions of one list: what changes within is signed together */
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly signers: DocumentSigners,
    private readonly publicUrl: string,
    private readonly window = 1_000,
  ) {}

  /** What is to be signed now, at most a thousand lists: two small reads, whatever there is. */
  due(): Promise<DueLists> {
    return this.unitOfWork.run((transaction) => this.repository.due(transaction, this.window, 1_000));
  }

  /**
   * Signs a list.
   *
   * @returns undefined when there is nothing to sign any more, or another process is at it
   * @throws {TransientError} when the key of its issuer does not open
   */
  async sign({ id, issuer_id, did }: DueList): Promise<SignedList | undefined> {
    // Before the transaction: it reads by a connection of its own.
    const sign = await this.signers.documentSignerOf(issuer_id);
    return this.unitOfWork.run(async (transaction) => {
      if (!(await this.repository.lock(transaction, id))) return undefined;
      const { next, isFresh, isOld } = await this.repository.times(transaction, id, this.window);
      if (isFresh) return undefined;
      const changes = await this.repository.takeChanges(transaction, id);
      if (changes === 0 && !isOld) return undefined;
      // A statement of its own, after the changes were taken: it sees whatever was committed with any of them.
      const set = await this.repository.setBits(transaction, id);
      const validUntil = new Date(next.getTime() + life);
      const { document, token } = await sign(
        buildStatusList({
          id: statusListAddress(this.publicUrl, id),
          issuer: did,
          validFrom: next,
          ...{ validUntil, ttl, set },
        }),
      );
      await this.repository.publish(transaction, {
        ...{ list: id, document, token, valid_from: next, valid_until: validUntil },
        document_sha256: sha256(document),
        token_sha256: sha256(token),
        renewed_from: new Date(next.getTime() + renewedAfter),
      });
      return { list: id, changes, set: set.length };
    });
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
