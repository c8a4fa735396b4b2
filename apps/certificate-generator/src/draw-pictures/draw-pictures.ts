import { createHash } from 'node:crypto';
import { type ObjectStore, pictureObjectName } from '@laurel/object-store';
import { PictureRefused, type Renderer } from '@laurel/rendering';
import { Problem } from '@laurel/service-kit';
import { MakingFailed } from '../make-certificates/making-failed.ts';
import type { SignCertificates } from '../make-certificates/sign-certificates.ts';
import { storeAnswer } from '../make-certificates/store-answer.ts';
import type { Plans } from '../plans/plans.ts';
import type { CallSlot } from '../render-on-call/call-slot.ts';
import { renderProblem } from '../render-on-call/render-problem.ts';
import type { DrawnCertificate, DrawnCertificateRepository } from './drawn-certificate.repository.ts';

/** Which picture of a certificate. */
export type PictureWish = { readonly format: 'png'; readonly width: number } | { readonly format: 'svg' };

const mediaTypes = { png: 'image/png', svg: 'image/svg+xml' } as const;

/**
 * Draws pictures of issued certificates, for callers that wait, and keeps them: the first that is stored under a name is the picture for good. What it shows is
 * what was issued, whatever has been renamed since.
 */
export class DrawPictures {
  constructor(
    private readonly certificates: DrawnCertificateRepository,
    private readonly signing: SignCertificates,
    private readonly plans: Plans,
    private readonly renderer: Pick<Renderer, 'picture'>,
    private readonly store: ObjectStore,
    private readonly slot: CallSlot,
  ) {}

  /**
   * @returns the name of the object
   * @throws {Problem} 404, 422 for what cannot be drawn, 429 and 503 for what cannot be drawn now; {TransientError} when the database or the store is away
   */
  async run(tenantId: string, certificateId: string, wish: PictureWish): Promise<string> {
    const found = await this.certificates.find(tenantId, certificateId);
    if (!found)
      throw new Problem(404, { code: 'not-found', detail: 'The tenant has no such certificate that was issued.' });
    const name = pictureObjectName(tenantId, found.pdf_sha256, wish.format === 'png' ? wish.width : 'svg');
    if (await storeAnswer(() => this.store.has(name))) return name;
    return this.slot.run(async () => {
      // Whoever stood before us in the line may have drawn it.
      if (await storeAnswer(() => this.store.has(name))) return name;
      const bytes = await this.draw(found, wish);
      await storeAnswer(() => this.store.put([{ name, bytes, mediaType: mediaTypes[wish.format] }]));
      return name;
    });
  }

  private async draw(
    { row, issuer, credential, credential_sha256 }: DrawnCertificate,
    wish: PictureWish,
  ): Promise<Buffer> {
    if (createHash('sha256').update(credential).digest('hex') !== credential_sha256) {
      throw new Error(
        `The stored credential of certificate ${row.id} is not the one that was issued: nothing is drawn of it.`,
      );
    }
    const { sha256, mediaType = 'image/svg+xml' } = row.request.template;
    try {
      const [plan, record] = await Promise.all([
        this.plans.get('interactive', { tenantId: row.tenant_id, sha256, mediaType }),
        // An issuer may have another name by now.
        this.signing.shown(row, { ...issuer, name: issuerNameIn(credential) }, credential),
      ]);
      return await this.renderer.picture(plan, record, wish);
    } catch (error) {
      if (error instanceof PictureRefused) throw refusal(`picture-${error.reason}`, error.message, error);
      if (error instanceof MakingFailed) throw refusal(error.type, error.reason, error);
      throw renderProblem(error);
    }
  }
}

function issuerNameIn(credential: string): string {
  const payload = Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString();
  return (JSON.parse(payload) as { issuer: { name: string } }).issuer.name;
}

const refusal = (code: string, detail: string, cause: Error) => new Problem(422, { code, detail }, { cause });
