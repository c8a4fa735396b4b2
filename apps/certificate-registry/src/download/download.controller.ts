import { createHash } from 'node:crypto';
import { verifyCredential } from '@laurel/credentials';
import { LOGGER, type Logger, Problem, Public } from '@laurel/service-kit';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IssuerKeyRepository } from '../issuers/issuer-key.repository.ts';
import { PublicCertificateRepository, type PublicRow } from '../verify-certificate/public-certificate.repository.ts';
import { showsDocuments } from '../known-tenants/shows-documents.ts';
import { CertificatePictures } from './certificate-pictures.ts';
import { fileName } from './file-name.ts';
import { keptBytes } from './kept-bytes.ts';
import { StoredCertificates } from './stored-certificates.ts';

// Few, so that nobody fills the store with pictures of every width.
const query = z.object({
  width: z
    .enum(['400', '800', '1200', '2400'])
    .default('1200')
    .meta({ description: 'In pixels; the height follows from the paper' }),
});
/** Whoever opens it as a page has a picture: nothing in it can run, load or send. */
const svgPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/**
 * The artefacts of a certificate, by its unguessable id. A holder keeps them whatever becomes of the certificate: what they are
 * worth now is told by the verify page alone. Where its tenant shows no documents, all of these answer 403.
 */
@ApiTags('public')
@Public()
@Controller('v')
export class DownloadController {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly certificates: PublicCertificateRepository,
    private readonly keys: IssuerKeyRepository,
    private readonly stored: StoredCertificates,
    private readonly pictures: CertificatePictures,
  ) {}

  @Get(':publicId.pdf')
  @ApiOperation({ summary: 'The PDF, byte for byte as it was issued' })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ description: 'The PDF; its ETag is its SHA-256' })
  async pdf(
    @Param('publicId') publicId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(publicId);
    const tag = `"${row.pdf_sha256}"`;
    if (keptBytes.has(request, reply, tag)) return reply.send();
    const bytes = await this.stored.pdf(row);
    const headers = { 'content-type': 'application/pdf', ...fileName(row.number, 'pdf') };
    return keptBytes.mark(reply, tag).headers(headers).send(bytes);
  }

  @Get(':publicId.jwt')
  @ApiOperation({ summary: 'The signed credential (VC-JWT)' })
  @ApiProduces('application/vc+jwt')
  @ApiOkResponse({ description: 'The token; its ETag is its SHA-256' })
  async token(
    @Param('publicId') publicId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(publicId);
    const tag = `"${row.credential_sha256}"`;
    if (keptBytes.has(request, reply, tag)) return reply.send();
    const bytes = this.stored.credential(row);
    const headers = { 'content-type': 'application/vc+jwt', ...fileName(row.number, 'jwt') };
    return keptBytes.mark(reply, tag).headers(headers).send(bytes);
  }

  @Get(':publicId.json')
  @ApiOperation({ summary: 'What the credential says, decoded, with the Data Integrity proof in it' })
  @ApiProduces('application/vc')
  @ApiOkResponse({ description: 'The credential' })
  async decoded(
    @Param('publicId') publicId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(publicId);
    const token = this.stored.credential(row).toString();
    const found = await verifyCredential(token, (kid, did) => this.keys.find(kid, did), { skipsProof: true });
    if (!found.ok) {
      this.logger.fatal({ certificateId: row.id, verdict: found.verdict }, 'A stored credential does not verify');
      throw new Problem(502, {
        code: 'stored-credential-refused',
        detail: 'The stored credential does not verify, so it is not sent. Please tell the issuer of this certificate.',
      });
    }
    const body = Buffer.from(JSON.stringify(found.credential, undefined, 2));
    const tag = `"${createHash('sha256').update(body).digest('hex')}"`;
    if (keptBytes.has(request, reply, tag)) return reply.send();
    const headers = { 'content-type': 'application/vc', ...fileName(row.number, 'json') };
    return keptBytes.mark(reply, tag).headers(headers).send(body);
  }

  @Get(':publicId.png')
  @ApiOperation({
    summary: 'A picture of the certificate, to be shown and shared',
    description:
      'With the credential baked in (Open Badges 3.0). Drawn when it is first asked for; 503 means: try again.',
  })
  @ApiProduces('image/png')
  @ApiOkResponse({ description: 'The picture' })
  async png(
    @Param('publicId') publicId: string,
    @Query({ schema: query }) { width }: z.output<typeof query>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(publicId);
    const tag = pictureTag(row, width);
    if (keptBytes.has(request, reply, tag)) return reply.send();
    const bytes = await this.pictures.get(row, Number(width));
    const headers = { 'content-type': 'image/png', ...fileName(row.number, 'png', 'inline') };
    return keptBytes.mark(reply, tag).headers(headers).send(bytes);
  }

  @Get(':publicId.svg')
  @ApiOperation({
    summary: 'The certificate as a drawing, of designs that are one',
    description: 'With its fonts, and the credential baked in (Open Badges 3.0). 404 where the design is a web page.',
  })
  @ApiProduces('image/svg+xml')
  @ApiOkResponse({ description: 'The drawing' })
  async svg(
    @Param('publicId') publicId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(publicId);
    void reply.header('content-security-policy', svgPolicy);
    const tag = pictureTag(row, 'svg');
    if (keptBytes.has(request, reply, tag)) return reply.send();
    const bytes = await this.pictures.get(row, 'svg');
    const headers = { 'content-type': 'image/svg+xml', ...fileName(row.number, 'svg') };
    return keptBytes.mark(reply, tag).headers(headers).send(bytes);
  }

  private async find(publicId: string): Promise<PublicRow> {
    const row = await this.certificates.find(publicId);
    if (!row) throw new Problem(404, { code: 'not-found', detail: 'No certificate was issued under this id.' });
    // Before all else: who has the bytes may not be told by their tag either.
    if (showsDocuments(row.public_data)) return row;
    throw new Problem(403, {
      code: 'not-public',
      detail:
        'The issuer does not hand out documents to whoever has their address: ask the holder of the certificate, or the issuer. ' +
        'Its verify page tells whether it holds.',
    });
  }
}

/** The first picture that is stored of a document and a size stays the picture. */
const pictureTag = ({ pdf_sha256 }: PublicRow, size: string) => `"${pdf_sha256}-${size}"`;
