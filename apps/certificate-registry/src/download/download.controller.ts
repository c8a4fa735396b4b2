import { createHash } from 'node:crypto';
import { verifyCredential } from '@laurel/credentials';
import { LOGGER, type Logger, Problem, Public } from '@laurel/service-kit';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IssuerRepository } from '../issuers/issuer.repository.ts';
import { PublicCertificateRepository, type PublicRow } from '../verify-certificate/public-certificate.repository.ts';
import { CertificatePictures } from './certificate-pictures.ts';
import { matchesTag } from './matches-tag.ts';
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
 * worth now is told by the verify page alone.
 */
@ApiTags('public')
@Public()
@Controller('v')
export class DownloadController {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly certificates: PublicCertificateRepository,
    private readonly issuers: IssuerRepository,
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
    if (isKept(request, reply, row.pdf_sha256)) return reply.send();
    const bytes = await this.stored.pdf(row);
    return reply.headers({ 'content-type': 'application/pdf', ...fileName(row, 'pdf') }).send(bytes);
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
    if (isKept(request, reply, row.credential_sha256)) return reply.send();
    const bytes = this.stored.credential(row);
    return reply.headers({ 'content-type': 'application/vc+jwt', ...fileName(row, 'jwt') }).send(bytes);
  }

  @Get(':publicId.json')
  @ApiOperation({ summary: 'What the credential says, decoded; only the VC-JWT is signed' })
  @ApiProduces('application/vc')
  @ApiOkResponse({ description: 'The credential' })
  async decoded(
    @Param('publicId') publicId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const row = await this.find(publicId);
    const token = this.stored.credential(row).toString();
    const found = await verifyCredential(token, (kid, did) => this.issuers.publicKey(kid, did));
    if (!found.ok) {
      this.logger.fatal({ certificateId: row.id, verdict: found.verdict }, 'A stored credential does not verify');
      throw new Problem(502, {
        code: 'stored-credential-refused',
        detail: 'The stored credential does not verify, so it is not sent. Please tell the issuer of this certificate.',
      });
    }
    const body = Buffer.from(JSON.stringify(found.credential, undefined, 2));
    if (isKept(request, reply, createHash('sha256').update(body).digest('hex'))) return reply.send();
    return reply.headers({ 'content-type': 'application/vc', ...fileName(row, 'json') }).send(body);
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
    if (hasPicture(request, reply, row, width)) return reply.send();
    const bytes = await this.pictures.get(row, Number(width));
    keep(reply, pictureTag(row, width));
    return reply.headers({ 'content-type': 'image/png', ...fileName(row, 'png', 'inline') }).send(bytes);
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
    if (hasPicture(request, reply, row, 'svg')) return reply.send();
    const bytes = await this.pictures.get(row, 'svg');
    keep(reply, pictureTag(row, 'svg'));
    return reply.headers({ 'content-type': 'image/svg+xml', ...fileName(row, 'svg') }).send(bytes);
  }

  private async find(publicId: string): Promise<PublicRow> {
    const row = await this.certificates.find(publicId);
    if (row) return row;
    throw new Problem(404, { code: 'not-found', detail: 'No certificate was issued under this id.' });
  }
}

/** Writes the headers of bytes that never change under their hash, and answers whether the caller has them already. */
function isKept(request: FastifyRequest, reply: FastifyReply, sha256: string): boolean {
  const tag = `"${sha256}"`;
  keep(reply, tag);
  if (!matchesTag(request.headers['if-none-match'], tag)) return false;
  void reply.status(304);
  return true;
}

/** The same of a picture. Its headers are written only once there is one: what tells that there is none may not be kept. */
function hasPicture(request: FastifyRequest, reply: FastifyReply, row: PublicRow, size: string): boolean {
  const tag = pictureTag(row, size);
  if (!matchesTag(request.headers['if-none-match'], tag)) return false;
  keep(reply, tag);
  void reply.status(304);
  return true;
}

/** Private: they name a person, and no shared cache may outlive an erasure. */
function keep(reply: FastifyReply, tag: string): void {
  void reply.headers({
    etag: tag,
    'cache-control': 'private, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'x-robots-tag': 'noindex',
  });
}

/** The first picture that is stored of a document and a size stays the picture. */
const pictureTag = ({ pdf_sha256 }: PublicRow, size: string) => `"${pdf_sha256}-${size}"`;

/** Numbers are made of safe characters; what ever came otherwise must not end the header. */
function fileName({ number }: PublicRow, extension: string, how = 'attachment'): Record<string, string> {
  const safe = number.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return { 'content-disposition': `${how}; filename="${safe}.${extension}"` };
}
