import { Problem, Public } from '@laurel/service-kit';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { matchesTag } from '../download/matches-tag.ts';
import { preferredForm } from './preferred-form.ts';
import { SignedStatusListRepository, type StatusListForm } from './signed-status-list.repository.ts';

const mediaTypes = { document: 'application/vc', token: 'application/vc+jwt' } as const;

/**
 * The status lists, by which the world learns what was revoked (Bitstring Status List 1.0). Whoever asks is told nothing of which
 * certificate was meant. Every answer is a list that was signed; one that is not yet is never told as missing, nor as empty.
 */
@ApiTags('public')
@Public()
@Controller('status')
export class PublishStatusListsController {
  constructor(private readonly lists: SignedStatusListRepository) {}

  @Get(':listId.jwt')
  @ApiOperation({ summary: 'A status list as a VC-JWT' })
  @ApiProduces('application/vc+jwt')
  @ApiOkResponse({ description: 'The token; its ETag is its SHA-256' })
  token(
    @Param('listId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return this.publish(id, 'token', request, reply);
  }

  @Get(':listId')
  @ApiOperation({
    summary: 'A status list: which certificates are revoked',
    description:
      'A BitstringStatusListCredential, named by the credentialStatus of certificates. JSON with a Data Integrity proof, or a ' +
      'VC-JWT for who accepts application/vc+jwt rather. A verifier may keep it for five minutes.',
  })
  @ApiProduces('application/vc', 'application/vc+jwt')
  @ApiOkResponse({ description: 'The list; its ETag is its SHA-256' })
  list(@Param('listId') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    return this.publish(id, preferredForm(request.headers.accept), request, reply);
  }

  private async publish(
    id: string,
    form: StatusListForm,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> {
    const found = z.uuid().safeParse(id).success ? await this.lists.find(id, form) : undefined;
    const open = { 'access-control-allow-origin': '*', vary: 'Accept' };
    if (!found) {
      throw new Problem(404, { code: 'not-found', detail: 'There is no status list with this id.', headers: open });
    }
    if (found.body === null || found.sha256 === null) {
      throw new Problem(503, {
        code: 'status-list-not-signed',
        detail: 'This status list is being signed for the first time. Ask again in a second.',
        headers: { ...open, 'retry-after': '1', 'cache-control': 'no-store' },
      });
    }
    const tag = `"${found.sha256}"`;
    void reply.headers({ ...open, etag: tag, 'cache-control': 'public, max-age=300' });
    if (matchesTag(request.headers['if-none-match'], tag)) return reply.status(304).send();
    // As bytes: the media type of JSON with a proof has no charset.
    return reply.header('content-type', mediaTypes[form]).send(Buffer.from(found.body));
  }
}
