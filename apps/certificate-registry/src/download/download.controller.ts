import { createHash } from 'node:crypto';
import { verifyCredential } from '@laurel/credentials';
import { LOGGER, type Logger, Problem, Public } from '@laurel/service-kit';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IssuerRepository } from '../issuers/issuer.repository.ts';
import { PublicCertificateRepository, type PublicRow } from '../verify-certificate/public-certificate.repository.ts';
import { matchesTag } from './matches-tag.ts';
import { StoredCertificates } from './stored-certificates.ts';

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

  private async find(publicId: string): Promise<PublicRow> {
    const row = await this.certificates.find(publicId);
    if (row) return row;
    throw new Problem(404, { code: 'not-found', detail: 'No certificate was issued under this id.' });
  }
}

/**
 * Writes the headers of bytes that never change under their hash, and answers whether the caller has them already. Private:
 * they name a person, and no shared cache may outlive an erasure.
 */
function isKept(request: FastifyRequest, reply: FastifyReply, sha256: string): boolean {
  const tag = `"${sha256}"`;
  void reply.headers({
    etag: tag,
    'cache-control': 'private, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'x-robots-tag': 'noindex',
  });
  if (!matchesTag(request.headers['if-none-match'], tag)) return false;
  void reply.status(304);
  return true;
}

/** Numbers are made of safe characters; what ever came otherwise must not end the header. */
function fileName({ number }: PublicRow, extension: string): Record<string, string> {
  const safe = number.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  return { 'content-disposition': `attachment; filename="${safe}.${extension}"` };
}
