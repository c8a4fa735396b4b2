import { addMissingKeys, findIssuers, type KeyPurpose, type MakeKey, type SealedIssuerKey } from '@laurel/certificates';
import {
  createSigner,
  generateIntegrityKey,
  generateSigningKey,
  openKey,
  type SignableCredential,
  sealKey,
  SealedKeyUnreadable,
  signCredential,
  type TokenAlgorithm,
} from '@laurel/credentials';
import { TransientError } from '@laurel/messaging';
import type { UnitOfWork } from '@laurel/persistence';
import type { DataSource } from 'typeorm';
import { credentialKeys } from './credential-keys.ts';
import type { OpenedKey } from './opened-key.ts';

interface KeyRow {
  kid: string;
  purpose: KeyPurpose;
  tenant_id: string;
  sealed_private: Buffer;
}

/** Signs documents that are no certificates: an issuer's status lists. Gives the JSON with its proof, and the token. */
export type DocumentSigner = (credential: SignableCredential) => Promise<{ document: string; token: string }>;

/** Keys kept open; one in memory is small. */
const most = 10_000;

/** Makes, seals and opens the keys of issuers. No private key leaves the service but for what it signs. */
export class IssuerKeys {
  private readonly opened = new Map<string, OpenedKey>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly masterKey: Buffer,
    /** Of the keys for tokens that are made from now on. */
    readonly tokenAlgorithm: TokenAlgorithm = 'ES256',
  ) {}

  /** A new key for an issuer, under a URL of its DID. */
  readonly make: MakeKey = async ({ did, tenant_id }, purpose, number): Promise<SealedIssuerKey> => {
    const { kid, publicJwk, privateJwk } =
      purpose === 'jwt'
        ? await generateSigningKey((thumbprint) => `${did}#${thumbprint}`, this.tokenAlgorithm)
        : { kid: `${did}#di-${number}`, ...generateIntegrityKey() };
    return {
      kid,
      public_jwk: publicJwk,
      sealed_private: sealKey(privateJwk, this.masterKey, contextOf(tenant_id, kid)),
    };
  };

  /**
   * The keys of these ids, open; one that is not there is missing.
   *
   * @throws {TransientError} when a key does not open: with another master key nothing may be issued, and nothing is lost
   */
  async keysOf(kids: readonly string[]): Promise<Map<string, OpenedKey>> {
    const missing = [...new Set(kids)].filter((kid) => !this.opened.has(kid));
    if (missing.length > 0) await this.open(missing);
    return new Map(
      kids.flatMap((kid): [string, OpenedKey][] => {
        const key = this.opened.get(kid);
        return key ? [[kid, key]] : [];
      }),
    );
  }

  /**
   * A signer of an issuer's own documents, by the keys that are in use now.
   *
   * @throws {TransientError} when a key does not open
   */
  async documentSignerOf(issuerId: string): Promise<DocumentSigner> {
    const issuer = await this.unitOfWork.run(async (transaction) => {
      const found = await findIssuers(transaction, [issuerId]);
      return (await addMissingKeys(transaction, found, this.make)).get(issuerId);
    });
    if (!issuer) throw new Error(`There is no issuer ${issuerId}`);
    const { kid, integrity_kid } = issuer;
    const keys = credentialKeys(
      await this.keysOf([kid, integrity_kid].filter((each) => each !== null)),
      kid,
      integrity_kid,
    );
    if (!keys) throw new Error(`The keys of issuer ${issuerId} are gone`);
    return async (credential) => {
      const { document, token } = await signCredential(credential, keys, new Date(credential.validFrom));
      return { document: JSON.stringify(document), token };
    };
  }

  /** @throws {SealedKeyUnreadable} when the newest key does not open with this master key */
  async check(): Promise<void> {
    const [row] = await this.read('ORDER BY k.created_at DESC LIMIT 1', []);
    if (row) openKey(row.sealed_private, this.masterKey, contextOf(row.tenant_id, row.kid));
  }

  private async open(kids: readonly string[]): Promise<void> {
    for (const row of await this.read('WHERE k.kid = ANY($1)', [kids])) {
      try {
        const key = openKey(row.sealed_private, this.masterKey, contextOf(row.tenant_id, row.kid));
        if (this.opened.size >= most) this.opened.clear();
        this.opened.set(
          row.kid,
          row.purpose === 'jwt'
            ? { purpose: 'jwt', sign: await createSigner({ kid: row.kid, privateJwk: key }) }
            : { purpose: 'integrity', key },
        );
      } catch (cause) {
        if (!(cause instanceof SealedKeyUnreadable)) throw cause;
        throw new TransientError('the right master key', cause.message, { cause });
      }
    }
  }

  private read(which: string, parameters: unknown[]): Promise<KeyRow[]> {
    return this.dataSource.query<KeyRow[]>(
      `SELECT k.kid, k.purpose, k.sealed_private, i.tenant_id
       FROM issuer_key k JOIN issuer i ON i.id = k.issuer_id ${which}`,
      parameters,
    );
  }
}

/** A sealed key opens for its own tenant and id only, wherever its row is copied to. */
const contextOf = (tenantId: string, kid: string) => `${tenantId}/${kid}`;
