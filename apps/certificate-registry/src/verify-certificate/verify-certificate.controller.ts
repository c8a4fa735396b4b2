import { createHash } from 'node:crypto';
import { refusalCodes } from '@laurel/credentials';
import { Problem, Public, RawBody, type RawContent } from '@laurel/service-kit';
import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { matchesTag } from '../download/matches-tag.ts';
import { type Verification, verification } from './verification.ts';
import { VerifyCertificates } from './verify-certificates.ts';

const text = z.string().trim().min(1).meta({
  description:
    'The VC-JWT or the JSON with its proof inside, of at most 256 KB together with the body; or the address that the QR code says',
});
const presented = z
  .object({
    credential: z.union([
      text,
      z.looseObject({}).meta({
        description:
          'JSON-LD with its proof inside (eddsa-rdfc-2022). As a text it is read more strictly: a member that is written twice is refused',
      }),
    ]),
  })
  .strict()
  .meta({ id: 'PresentedCredential' });

const codes = Object.entries(refusalCodes).map(([code, meaning]) => `- \`${code}\`: ${meaning}`);
const whatever =
  'Whatever the verdict, the answer is 200: only `valid` is good. 503 means that it cannot be checked now.\n\n' +
  `What is refused has one reason, whose code is stable:\n\n${codes.join('\n')}`;

/** The verify API: for programs what the verify page is for people. */
@ApiTags('public')
@Public()
@Controller('v1/verify')
export class VerifyCertificateController {
  constructor(private readonly certificates: VerifyCertificates) {}

  @Get(':publicId')
  @ApiOperation({
    summary: 'Verify a certificate by its public id',
    description:
      'Asked again each time, and with `If-None-Match` answered by 304 while nothing changed. 503 means that it cannot be checked now, and ' +
      'says nothing about the certificate.',
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byPublicId(
    @Param('publicId') publicId: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const found = await this.certificates.byPublicId(publicId);
    void reply.header('access-control-allow-origin', '*');
    if (found) {
      const body = Buffer.from(JSON.stringify(found));
      const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
      void reply.headers({ etag: tag, 'cache-control': 'no-cache' });
      if (matchesTag(request.headers['if-none-match'], tag)) return reply.status(304).send();
      return reply.header('content-type', 'application/json; charset=utf-8').send(body);
    }
    throw new Problem(404, {
      code: 'not-found',
      detail: 'No certificate was issued under this id. Compare it with the address in the QR code, letter by letter.',
    });
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify a credential that somebody presents',
    description: whatever,
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byText(@Body({ schema: presented }) { credential }: z.output<typeof presented>): Promise<Verification> {
    return typeof credential === 'string'
      ? this.certificates.byText(credential)
      : this.certificates.byCredential(credential);
  }

  @Post('document')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Verify the file that somebody presents: the PDF or the PNG with its credential in it, or the credential itself',
    description:
      'Of a PDF or a PNG only the credential in it is judged, and not what the page shows: compare what it says with the page. The file has to be ' +
      `as it was downloaded; one that another program has saved is \`unreadable\`.\n\n${whatever}`,
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byDocument(
    // Ours have some 100 KB; photographs and fonts of one's own may make them larger.
    @RawBody({
      mediaTypes: ['application/pdf', 'image/png', 'application/vc', 'application/vc+jwt'],
      maxBytes: 5 * 1024 * 1024,
    })
    content: RawContent,
  ): Promise<Verification> {
    return this.certificates.byDocument(content);
  }
}
