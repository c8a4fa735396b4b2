import { refusalCodes } from '@laurel/credentials';
import { Problem, Public, RawBody, type RawContent } from '@laurel/service-kit';
import { Body, Controller, Get, Header, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ShallowBody } from './shallow-body.guard.ts';
import { type Verification, verification } from './verification.ts';
import { VerifyCertificates } from './verify-certificates.ts';

const text = z
  .string()
  .trim()
  .min(1)
  .meta({ description: 'The VC-JWT, of at most 256 KB together with the body; or the address that the QR code says' });
const presented = z
  .object({
    credential: z.union([
      text,
      z.looseObject({}).meta({ description: 'JSON-LD with an embedded proof, which is answered `unreadable` so far' }),
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
  @Header('access-control-allow-origin', '*')
  @ApiOperation({
    summary: 'Verify a certificate by its public id',
    description: '503 means that it cannot be checked now, and says nothing about the certificate.',
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byPublicId(@Param('publicId') publicId: string): Promise<Verification> {
    const found = await this.certificates.byPublicId(publicId);
    if (found) return found;
    throw new Problem(404, {
      code: 'not-found',
      detail: 'No certificate was issued under this id. Compare it with the address in the QR code, letter by letter.',
    });
  }

  @Post()
  @UseGuards(ShallowBody)
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify a credential that somebody presents',
    description: whatever,
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byText(@Body({ schema: presented }) { credential }: z.output<typeof presented>): Promise<Verification> {
    return this.certificates.byText(typeof credential === 'string' ? credential : '{}');
  }

  @Post('document')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify the document that somebody presents: the PDF or the PNG with its credential in it',
    description:
      'Only the credential in it is judged, and not what the page shows: compare what it says with the page. The file has to be ' +
      `as it was downloaded; one that another program has saved is \`unreadable\`.\n\n${whatever}`,
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byDocument(
    // Ours have some 100 KB; photographs and fonts of one's own may make them larger.
    @RawBody({ mediaTypes: ['application/pdf', 'image/png'], maxBytes: 5 * 1024 * 1024 })
    { mediaType, bytes }: RawContent,
  ): Promise<Verification> {
    return this.certificates.byDocument(mediaType, bytes);
  }
}
