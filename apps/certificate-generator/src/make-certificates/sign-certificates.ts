import { type AllocatedCertificate, type FailedMaking, type IssuerInUse, publicLinks } from '@laurel/certificates';
import { buildCredential, CredentialRefused, IntegrityRefused, signCredential } from '@laurel/credentials';
import type { PrintRecord, SlotImage } from '@laurel/rendering';
import { credentialKeys } from '../keys/credential-keys.ts';
import type { OpenedKey } from '../keys/opened-key.ts';
import { credentialInputOf } from './credential-input-of.ts';
import { failedMaking } from './failed-making.ts';
import { MakingFailed } from './making-failed.ts';
import type { SignatureShelf } from './signature-shelf.ts';
import { slotLists } from './slot-lists.ts';
import { slotValues } from './slot-values.ts';

/** One that can be printed: signed, and all that it shows at hand. */
export interface Signed {
  readonly row: AllocatedCertificate;
  readonly credential: string;
  readonly record: PrintRecord;
}

/** Who signs, by id, and their keys by theirs. */
export interface Signatories {
  readonly issuers: ReadonlyMap<string, IssuerInUse>;
  readonly keys: ReadonlyMap<string, OpenedKey>;
}

/** A name of joiners and blanks alone passes as text, and nobody could read it. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Builds and signs credentials, many at once, and brings together what their pages show. */
export class SignCertificates {
  constructor(
    private readonly signatures: SignatureShelf,
    private readonly publicUrl: string,
  ) {}

  /** @throws {TransientError} when the object store is away */
  async run(
    rows: readonly AllocatedCertificate[],
    by: Signatories,
  ): Promise<{ signed: Signed[]; failed: FailedMaking[] }> {
    const failed: FailedMaking[] = [];
    const signed = await Promise.all(
      rows.map(async (row): Promise<Signed[]> => {
        try {
          return [await this.sign(row, by)];
        } catch (error) {
          failed.push(failedMaking(row, error));
          return [];
        }
      }),
    );
    return { signed: signed.flat(), failed };
  }

  /** What the page of a certificate shows that was signed before. */
  async shown(row: AllocatedCertificate, issuer: IssuerInUse, credential: string): Promise<PrintRecord> {
    return this.record(row, issuer, credential, await this.images(row));
  }

  private async sign(row: AllocatedCertificate, { issuers, keys: opened }: Signatories): Promise<Signed> {
    const issuer = issuers.get(row.issuer_id);
    if (!issuer || issuer.tenant_id !== row.tenant_id) {
      throw new MakingFailed('issuer-unknown', `the tenant has no issuer ${row.issuer_id}; make it at the registry`);
    }
    const keys = credentialKeys(opened, row.key_kid, row.integrity_kid);
    if (!keys) {
      const reason = `the keys that were chosen for it are not among those of issuer ${issuer.id}; bring their rows back`;
      throw new MakingFailed('key-missing', reason);
    }
    if (!visible.test(row.recipient_name)) {
      throw new MakingFailed('name-missing', 'recipient.name holds nothing that can be seen; retry with the name');
    }
    const images = await this.images(row);
    try {
      const input = credentialInputOf(row, issuer, this.publicUrl);
      const { token } = await signCredential(buildCredential(input), keys, row.allocated_at, input.own?.terms);
      return { row, credential: token, record: this.record(row, issuer, token, images) };
    } catch (error) {
      if (!(error instanceof CredentialRefused || error instanceof IntegrityRefused)) throw error;
      throw new MakingFailed('credential-refused', error.message, { cause: error });
    }
  }

  private record(
    row: AllocatedCertificate,
    issuer: IssuerInUse,
    credential: string,
    images: Record<string, SlotImage>,
  ): PrintRecord {
    const values = slotValues(row, issuer);
    return {
      values,
      lists: slotLists(row),
      images,
      qr: publicLinks(this.publicUrl, row.public_id).verify,
      title: `${values['achievement.name'] ?? row.number}, ${row.recipient_name}`,
      attachment: {
        name: 'credential.jwt',
        // VC-JOSE-COSE, 6.1.
        mediaType: 'application/vc+jwt',
        bytes: Buffer.from(credential),
        description: `The signed credential of certificate ${row.number}`,
        modifiedAt: row.allocated_at,
      },
    };
  }

  private async images({ request, tenant_id }: AllocatedCertificate): Promise<Record<string, SlotImage>> {
    const images: Record<string, SlotImage> = {};
    for (const [index, { signature }] of (request.signatories ?? []).entries()) {
      if (!signature) continue;
      images[`signatories.${index}.signature`] = await this.signatures.get({ tenantId: tenant_id, ...signature });
    }
    return images;
  }
}
