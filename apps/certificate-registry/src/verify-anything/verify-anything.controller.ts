import { createHash } from 'node:crypto';
import { Public, RawBody, type RawContent, SETTINGS } from '@laurel/service-kit';
import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { RegistrySettings } from '../config.ts';
import { CertificatePictures } from '../download/certificate-pictures.ts';
import { matchesTag } from '../download/matches-tag.ts';
import { VerifyCertificates } from '../verify-certificate/verify-certificates.ts';
import { chooseLanguage } from '../verify-page/choose-language.ts';
import type { PageReader } from '../verify-page/page-reader.ts';
import { pictureWidth } from '../verify-page/picture-width.ts';
import { sendPage } from '../verify-page/send-page.ts';
import { verifyPage } from '../verify-page/verify-page.ts';
import { asCredential } from './as-credential.ts';
import { formPage } from './form-page.ts';
import { readForm } from './read-form.ts';

const query = z.object({
  lang: z.string().optional().catch(undefined).meta({
    description: '`en`, `hi`, `es`, `fr`, `ar` or `pt`, before what Accept-Language prefers; others are passed over',
  }),
});
type Asked = z.output<typeof query>;

/** The file and what surrounds it in the form. */
const maxBytes = 5 * 1024 * 1024 + 16_384;

/** The page where people present whatever certificate they have. Nothing of it is kept; whatever fails is told by a page. */
@ApiTags('public')
@Public()
@Controller()
export class VerifyAnythingController {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    private readonly certificates: VerifyCertificates,
    private readonly pictures: CertificatePictures,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Leads people to the page where certificates are checked' })
  @ApiResponse({ status: 303, description: 'The address of that page' })
  async lead(@Res() reply: FastifyReply): Promise<FastifyReply> {
    return reply.status(303).header('location', `${this.settings.PUBLIC_URL}/verify`).send();
  }

  @Get('verify')
  @ApiOperation({ summary: 'The page where people present a certificate, in whatever form they have it' })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'A form that needs no script' })
  async show(
    @Query({ schema: query }) { lang }: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const page = formPage(this.reader(lang, request));
    const tag = `"${createHash('sha256').update(page.body).digest('base64url')}"`;
    void reply.header('etag', tag);
    return sendPage(reply, page, 'no-cache', matchesTag(request.headers['if-none-match'], tag));
  }

  @Post('verify')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Checks what somebody presents, and answers with a page',
    description:
      'The fields are `text` (a VC-JWT, JSON with its proof inside, an address or the id at its end) and `file` (PDF, PNG, or a file of ' +
      'such a text); one of them is left out or empty. For programs there is `POST /v1/verify`.',
  })
  @ApiProduces('text/html')
  @ApiResponse({ status: 200, description: 'The verdict, whatever it is' })
  @ApiResponse({ status: 400, description: 'The form again, and what was wrong with it' })
  @ApiResponse({ status: 413, description: 'The form again: it was larger than 5 MB' })
  @ApiResponse({ status: 415, description: 'The form again: the file is of no kind that can be checked' })
  @ApiResponse({ status: 503, description: 'It cannot be checked now, which says nothing about the certificate' })
  async check(
    @RawBody({ mediaTypes: ['multipart/form-data'], maxBytes }) { bytes }: RawContent,
    @Query({ schema: query }) { lang }: Asked,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const presented = await readForm(bytes, request.headers['content-type']);
    const found =
      'text' in presented
        ? await this.certificates.byText(asCredential(presented.text, this.settings.PUBLIC_URL))
        : await this.certificates.byDocument(presented);
    const reader = { ...this.reader(lang, request), isAnswer: true, now: new Date() };
    const height = this.pictures.heightAt(pictureWidth, found.certificate?.hashes?.pdf);
    return sendPage(reply.status(200), verifyPage(found, reader, height), 'no-store');
  }

  private reader(lang: string | undefined, request: FastifyRequest): Omit<PageReader, 'now'> {
    const form = `${this.settings.PUBLIC_URL}/verify`;
    return { form, address: form, ...chooseLanguage(lang, request.headers['accept-language']) };
  }
}
