import { Problem, Public } from '@laurel/service-kit';
import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Verification, verification } from './verification.ts';
import { VerifyCertificates } from './verify-certificates.ts';

const presented = z
  .object({ credential: z.string().trim().min(1).meta({ description: 'The VC-JWT, of at most 256 KB' }) })
  .strict()
  .meta({ id: 'PresentedCredential' });

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
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify a credential that somebody presents',
    description:
      'Whatever the verdict, the answer is 200: only `valid` is good. 503 means that it cannot be checked now.',
  })
  @ApiResponse({ status: 200, description: 'The verdict with its reasons', standardSchema: verification })
  async byToken(@Body({ schema: presented }) { credential }: z.output<typeof presented>): Promise<Verification> {
    return this.certificates.byToken(credential);
  }
}
