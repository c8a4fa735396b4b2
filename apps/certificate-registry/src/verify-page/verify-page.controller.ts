import { createHash } from 'node:crypto';
import { classifyError } from '@laurel/messaging';
import { LOGGER, type Logger, Public, SETTINGS } from '@laurel/service-kit';
import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RegistrySettings } from '../config.ts';
import { CertificatePictures } from '../download/certificate-pictures.ts';
import { matchesTag } from '../download/matches-tag.ts';
import { VerifyCertificates } from '../verify-certificate/verify-certificates.ts';
import { chooseLanguage } from './choose-language.ts';
import { messagePage } from './message-page.ts';
import { pictureWidth } from './picture-width.ts';
import { sendPage } from './send-page.ts';
import { verifyPage } from './verify-page.ts';

const query = z.object({
  lang: z.string().optional().catch(undefined).meta({
    description: '`en`, `hi`, `es`, `fr`, `ar` or `pt`, before what Accept-Language prefers; others are passed over',
  }),
});

/** The page that a QR code leads to. Whatever fails here is told as "cannot check", never as "invalid". */
@ApiTags('public')
@Public()
@Controller('v')
export class VerifyPageController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly certificates: VerifyCertificates,
    private readonly pictures: CertificatePictures,
  ) {}

  @Get(':publicId')
  @ApiOperation({ summary: 'The verify page, for people' })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'The verdict; always asked again, sent again only when it changed' })
  @ApiResponse({ status: 404, description: 'Nothing was issued under this address, and what to do then' })
  @ApiResponse({ status: 503, description: 'It cannot be checked now, which says nothing about the certificate' })
  async show(
    @Param('publicId') publicId: string,
    @Query({ schema: query }) { lang }: z.output<typeof query>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const address = `${this.settings.PUBLIC_URL}/v/${encodeURIComponent(publicId)}`;
    const form = `${this.settings.PUBLIC_URL}/verify`;
    const reader = { address, form, ...chooseLanguage(lang, request.headers['accept-language']) };
    let found;
    try {
      found = await this.certificates.byPublicId(publicId);
    } catch (error) {
      this.logger.error({ err: error }, 'A certificate could not be checked');
      const isOutage = classifyError(error).class === 'transient';
      if (isOutage) void reply.header('retry-after', '10');
      return sendPage(reply.status(isOutage ? 503 : 500), messagePage('unavailable', reader), 'no-store');
    }
    if (!found) return sendPage(reply.status(404), messagePage('unknown', reader), 'no-store');
    const page = verifyPage(
      found,
      { ...reader, now: new Date() },
      this.pictures.heightAt(pictureWidth, found.certificate?.hashes?.pdf),
    );
    const tag = `"${createHash('sha256').update(page.body).digest('base64url')}"`;
    void reply.header('etag', tag);
    return sendPage(reply, page, 'no-cache', matchesTag(request.headers['if-none-match'], tag));
  }
}
