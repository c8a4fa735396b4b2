import { createHash } from 'node:crypto';
import { didDocument, jwkSet } from '@laurel/credentials';
import { Problem, Public } from '@laurel/service-kit';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { matchesTag } from '../download/matches-tag.ts';
import { IssuerRepository } from '../issuers/issuer.repository.ts';
import { IssuerKeyRepository } from '../issuers/issuer-key.repository.ts';

/** The documents by which the world checks signatures. Keys that are retired stay: what they signed still verifies. */
@ApiTags('public')
@Public()
@Controller('issuers')
export class PublishKeysController {
  constructor(
    private readonly issuers: IssuerRepository,
    private readonly issuerKeys: IssuerKeyRepository,
  ) {}

  @Get(':issuerId/did.json')
  @ApiOperation({ summary: 'The DID document of an issuer (did:web)' })
  @ApiProduces('application/did+json')
  @ApiOkResponse({ description: 'The document; without verification methods before the first certificate' })
  async did(
    @Param('issuerId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const did = await this.didOf(id);
    return publish(request, reply, 'application/did+json', didDocument(did, await this.issuerKeys.of(id)));
  }

  @Get(':issuerId/jwks.json')
  @ApiOperation({ summary: 'The public keys of an issuer as a JSON Web Key Set (RFC 7517)' })
  @ApiProduces('application/jwk-set+json')
  @ApiOkResponse({ description: 'The keys; none before the first certificate' })
  async keys(
    @Param('issuerId') id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    await this.didOf(id);
    return publish(request, reply, 'application/jwk-set+json', jwkSet(await this.issuerKeys.of(id)));
  }

  private async didOf(id: string): Promise<string> {
    const did = z.uuid().safeParse(id).success ? await this.issuers.didOf(id) : undefined;
    if (did === undefined) throw new Problem(404, { code: 'not-found', detail: 'There is no issuer with this id.' });
    return did;
  }
}

/** A key can be made at any moment, and whoever verifies then must see it: always asked again, seldom sent again. */
function publish(request: FastifyRequest, reply: FastifyReply, mediaType: string, document: object): FastifyReply {
  const body = Buffer.from(JSON.stringify(document));
  const tag = `"${createHash('sha256').update(body).digest('base64url')}"`;
  void reply.headers({
    etag: tag,
    'cache-control': 'no-cache',
    'access-control-allow-origin': '*',
    'content-type': mediaType,
  });
  if (matchesTag(request.headers['if-none-match'], tag)) return reply.status(304).send();
  return reply.send(body);
}
