import { pictureObjectName } from '@laurel/object-store';
import { InternalHttp, LOGGER, type Logger, Problem, SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import type { RegistrySettings } from '../config.ts';
import type { PublicRow } from '../verify-certificate/public-certificate.repository.ts';
import { hasSvg } from './has-svg.ts';
import { StoredCertificates } from './stored-certificates.ts';

/** The width of a PNG in pixels, or `svg`. */
export type PictureSize = number | 'svg';

const service = 'certificate-generator';
const proportionsKept = 10_000;

/** Hands out pictures of certificates: those that are stored, and others as soon as the generator has drawn them. */
@Injectable()
export class CertificatePictures {
  private readonly drawing = new Map<string, Promise<Buffer>>();
  private readonly heights = new Map<string, number>();

  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(InternalHttp) private readonly http: InternalHttp,
    private readonly stored: StoredCertificates,
  ) {}

  /**
   * However many ask for a picture at once, the generator is asked once.
   *
   * @throws {Problem} 404 for an SVG of what is none, and where none can be drawn; 502 when the certificate's bytes are not what was issued; 503 while the
   * generator is away or busy, with `Retry-After`
   */
  async get(row: PublicRow, size: PictureSize): Promise<Buffer> {
    if (size === 'svg' && !hasSvg(row)) {
      throw new Problem(404, {
        code: 'no-svg',
        detail: 'The design of this certificate is a web page, of which there is no SVG: take the PDF or the PNG.',
      });
    }
    const name = pictureObjectName(row.tenant_id, row.pdf_sha256, size);
    const known = this.drawing.get(name);
    if (known) return known;
    const picture = this.find(row, name, size).finally(() => this.drawing.delete(name));
    this.drawing.set(name, picture);
    return picture;
  }

  /** The height of a certificate's picture of this width, once one was handed out; for a page that is to keep room for it. */
  heightAt(width: number, pdfSha256: string | undefined): number | undefined {
    const height = pdfSha256 === undefined ? undefined : this.heights.get(pdfSha256);
    return height === undefined ? undefined : Math.round(height * width);
  }

  private async find(row: PublicRow, name: string, size: PictureSize): Promise<Buffer> {
    const picture = (await this.stored.object(name)) ?? (await this.draw(row, name, size));
    if (size !== 'svg') this.note(row, picture);
    return picture;
  }

  private async draw(row: PublicRow, name: string, size: PictureSize): Promise<Buffer> {
    // No picture of what was altered.
    this.stored.credential(row);
    const { status, headers, body } = await this.http.call(
      this.settings.GENERATOR_URL,
      `/internal/certificates/${row.id}/picture`,
      {
        json: size === 'svg' ? { format: 'svg' } : { format: 'png', width: size },
        tenantId: row.tenant_id,
        service,
        timeoutMs: 15_000,
      },
    );
    if (status === 429) {
      throw new Problem(503, {
        code: 'pictures-busy',
        detail: 'Other pictures are being drawn just now: try again in a moment.',
        headers: { 'retry-after': headers.get('retry-after') ?? '1' },
      });
    }
    if (status === 422) {
      // Only the code of the answer: what else it says may be of the certificate.
      const [, code] = /"urn:laurel:problem:([a-z-]+)"/.exec(body.toString()) ?? [];
      this.logger.error({ certificateId: row.id, code }, 'A picture cannot be drawn');
      throw new Problem(404, { code: 'no-picture', detail: 'There is no picture of this certificate: take the PDF.' });
    }
    const picture = status === 200 ? await this.stored.object(name) : undefined;
    if (picture) return picture;
    throw new Error(`${service} answers ${status} to the picture of certificate ${row.id}, and ${name} is not there.`);
  }

  /** By the header of a PNG: width and height in bytes 16 to 23. */
  private note({ pdf_sha256 }: PublicRow, png: Buffer): void {
    if (png.length < 24) return;
    const [oldest] = this.heights.keys();
    if (this.heights.size >= proportionsKept && oldest !== undefined) this.heights.delete(oldest);
    this.heights.set(pdf_sha256, png.readUInt32BE(20) / png.readUInt32BE(16));
  }
}
