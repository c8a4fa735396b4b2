import { SETTINGS } from '@laurel/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RegistrySettings } from '../config.ts';
import { chooseLanguage } from '../verify-page/choose-language.ts';
import { messagePage } from '../verify-page/message-page.ts';
import type { pageDocument } from '../verify-page/page-document.ts';
import { pageHeaders } from '../verify-page/page-headers.ts';
import type { FormFault } from '../verify-page/page-wording.ts';
import { formPage } from './form-page.ts';

const faultOf: Readonly<Record<string, FormFault>> = {
  'form-empty': 'empty',
  'empty-body': 'empty',
  'form-both': 'both',
  'form-kind': 'kind',
  'body-too-large': 'large',
};

/**
 * Tells the problems of the routes that people use by pages, with the status and the headers that they have: whoever opened a page can
 * do nothing with JSON. It stands behind everything that answers, so that also what is refused before it is read comes as a page.
 */
@Injectable()
export class ProblemPages {
  constructor(
    @Inject(SETTINGS) private readonly settings: RegistrySettings,
    host: HttpAdapterHost,
  ) {
    const server = host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onSend', (request, reply, payload, done) => {
      const isPage = ['/verify', '/v/:publicId'].includes(request.routeOptions.url ?? '');
      const type = reply.getHeader('content-type');
      if (!isPage || !Buffer.isBuffer(payload) || type !== 'application/problem+json') return done(null, payload);
      const { type: urn } = JSON.parse(payload.toString()) as { type: string };
      const page = this.pageOf(urn.replace(/^.*:/, ''), reply.statusCode, request);
      void reply.removeHeader('content-length').headers(pageHeaders(page, 'no-store'));
      done(null, page.body);
    });
  }

  private pageOf(code: string, status: number, request: FastifyRequest): ReturnType<typeof pageDocument> {
    const { lang } = request.query as { lang?: unknown };
    const form = `${this.settings.PUBLIC_URL}/verify`;
    const reader = { form, address: form, ...chooseLanguage(lang, request.headers['accept-language']) };
    if (status === 429) return messagePage('busy', { ...reader, isAnswer: true });
    if (status >= 500) return messagePage('unavailable', { ...reader, isAnswer: true });
    return formPage(reader, faultOf[code] ?? 'broken');
  }
}
