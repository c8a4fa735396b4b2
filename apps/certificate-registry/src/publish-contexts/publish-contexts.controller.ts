import { createHash } from 'node:crypto';
import { ownContext } from '@laurel/credentials';
import { Problem, Public } from '@laurel/service-kit';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { matchesTag } from '../download/matches-tag.ts';
import { KnownTerms } from '../known-assets/known-terms.ts';

/** The JSON-LD contexts of credential types that have terms of their own: credentials name them, and verifiers read them here. */
@ApiTags('public')
@Public()
@Controller('contexts')
export class PublishContextsController {
  constructor(private readonly terms: KnownTerms) {}

  @Get(':tenantId/:typeId/:version')
  @ApiOperation({
    summary: 'The JSON-LD context of a version of a credential type that has terms of its own',
    description: 'It never changes, so it may be kept for ever. 404 for a type without such terms.',
  })
  @ApiProduces('application/ld+json')
  @ApiOkResponse({ description: 'The context; its ETag is its SHA-256' })
  async context(
    @Param('tenantId') tenantId: string,
    @Param('typeId') typeId: string,
    @Param('version') version: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const terms = await this.terms.of({ tenantId, typeId, version });
    const open = { 'access-control-allow-origin': '*' };
    if (!terms) {
      throw new Problem(404, {
        code: 'not-found',
        detail: 'No credential type with terms of its own is published under this name and version.',
        // Its publication may be on its way.
        headers: { ...open, 'cache-control': 'no-store' },
      });
    }
    const body = Buffer.from(JSON.stringify(ownContext(terms).document));
    const tag = `"${createHash('sha256').update(body).digest('hex')}"`;
    void reply.headers({ ...open, etag: tag, 'cache-control': 'public, max-age=31536000, immutable' });
    if (matchesTag(request.headers['if-none-match'], tag)) return reply.status(304).send();
    // As bytes: JSON-LD is UTF-8 and has no charset.
    return reply.header('content-type', 'application/ld+json').send(body);
  }
}
