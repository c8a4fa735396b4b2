import type { IssuerInUse, SealedIssuerKey } from '@laurel/certificates';
import {
  createSigner,
  generateSigningKey,
  openKey,
  sealKey,
  SealedKeyUnreadable,
  type Signer,
} from '@laurel/credentials';
import { TransientError } from '@laurel/messaging';
import type { DataSource } from 'typeorm';

interface KeyRow {
  kid: string;
  tenant_id: string;
  public_jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string };
  sealed_private: Buffer;
}

/** Signers kept; a P-256 key in memory is small. */
const most = 10_000;

/** Makes, seals and opens the keys of issuers. No private key leaves this class but inside a signer. */
export class IssuerKeys {
  private readonly signers = new Map<string, Signer>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly masterKey: Buffer,
  ) {}

  /** A new key for an issuer, under a URL of its DID. */
  async make({ did, tenant_id }: IssuerInUse): Promise<SealedIssuerKey> {
    const { kid, publicJwk, privateJwk } = await generateSigningKey((thumbprint) => `${did}#${thumbprint}`);
    return {
      kid,
      public_jwk: publicJwk,
      sealed_private: sealKey(privateJwk, this.masterKey, contextOf(tenant_id, kid)),
    };
  }

  /**
   * The signers of keys, by their ids; one of a key that is not there is missing.
   *
   * @throws {TransientError} when a key does not open: with another master key nothing may be issued, and nothing is lost
   */
  async signersOf(kids: readonly string[]): Promise<Map<string, Signer>> {
    const missing = [...new Set(kids)].filter((kid) => !this.signers.has(kid));
    if (missing.length > 0) await this.open(missing);
    return new Map(kids.flatMap((kid) => pairOf(kid, this.signers.get(kid))));
  }

  /** @throws {SealedKeyUnreadable} when the newest key does not open with this master key */
  async check(): Promise<void> {
    const [row] = await this.read('ORDER BY k.created_at DESC LIMIT 1', []);
    if (row) openKey(row.sealed_private, this.masterKey, contextOf(row.tenant_id, row.kid));
  }

  private async open(kids: readonly string[]): Promise<void> {
    for (const { kid, tenant_id, public_jwk, sealed_private } of await this.read('WHERE k.kid = ANY($1)', [kids])) {
      try {
        const privateJwk = openKey(sealed_private, this.masterKey, contextOf(tenant_id, kid));
        if (this.signers.size >= most) this.signers.clear();
        this.signers.set(kid, await createSigner({ kid, publicJwk: public_jwk, privateJwk }));
      } catch (cause) {
        if (!(cause instanceof SealedKeyUnreadable)) throw cause;
        throw new TransientError('the right master key', cause.message, { cause });
      }
    }
  }

  private read(which: string, parameters: unknown[]): Promise<KeyRow[]> {
    return this.dataSource.query<KeyRow[]>(
      `SELECT k.kid, k.public_jwk, k.sealed_private, i.tenant_id
       FROM issuer_key k JOIN issuer i ON i.id = k.issuer_id ${which}`,
      parameters,
    );
  }
}

/** A sealed key opens for its own tenant and id only, wherever its row is copied to. */
const contextOf = (tenantId: string, kid: string) => `${tenantId}/${kid}`;
const pairOf = (kid: string, signer: Signer | undefined): [string, Signer][] => (signer ? [[kid, signer]] : []);
