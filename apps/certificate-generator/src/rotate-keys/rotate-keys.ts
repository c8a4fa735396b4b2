import { type KeyRotation, succeedKeys, type SucceededKey } from '@laurel/certificates';
import type { UnitOfWork } from '@laurel/persistence';
import type { IssuerKeys } from '../keys/issuer-keys.ts';

/** Gives successors to the keys of issuers: on schedule, when it is asked for, and when the kind of keys was changed. */
export class RotateKeys {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: IssuerKeys,
    private readonly life: Pick<KeyRotation, 'lifetime' | 'overlap'>,
  ) {}

  /** Rotates what is due at an instant, up to twenty keys. @returns what was made */
  async step(now: Date): Promise<SucceededKey[]> {
    const tokenKeyType = this.keys.tokenAlgorithm === 'ES256' ? 'EC' : 'RSA';
    return this.unitOfWork.run((transaction) =>
      succeedKeys(transaction, { ...this.life, now, tokenKeyType }, this.keys.make),
    );
  }
}
