import { plainText } from '@laurel/contracts';
import { type Caller, CurrentCaller, CurrentTenant, Problem, Roles } from '@laurel/service-kit';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { IssuerRepository } from './issuer.repository.ts';
import { IssuerKeyRepository } from './issuer-key.repository.ts';
import { issuerKeyView, type IssuerKeyView } from './issuer-key-view.ts';
import { showIssuerKey } from './show-issuer-key.ts';

const keyList = z.object({ items: z.array(issuerKeyView) }).meta({ id: 'IssuerKeys' });
const compromise = z
  .object({
    from: z.iso.datetime({ offset: true }).meta({
      description: 'Since when the key was in wrong hands. Certificates that were allocated before still verify here.',
    }),
    reason: plainText(500).meta({ description: 'For the record; verifiers are not told' }),
  })
  .strict()
  .meta({ id: 'KeyCompromise' });

/** The keys of issuers: which ones there are, when the next ones sign, and what to do when one was stolen. */
@ApiTags('issuers')
@Controller('v1/issuers/:issuerId/keys')
export class IssuerKeysController {
  constructor(
    private readonly issuers: IssuerRepository,
    private readonly keys: IssuerKeyRepository,
  ) {}

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({
    summary: 'List all keys that an issuer ever had, the oldest first; none before its first certificate',
  })
  @ApiResponse({ status: 200, description: 'The keys, without their private halves', standardSchema: keyList })
  async list(
    @CurrentTenant() tenantId: string,
    @Param('issuerId', { schema: z.uuid() }) issuerId: string,
  ): Promise<z.output<typeof keyList>> {
    if (!(await this.issuers.find(tenantId, issuerId))) throw unknownIssuer();
    const now = new Date();
    return { items: (await this.keys.of(issuerId)).map((row) => showIssuerKey(row, now)) };
  }

  @Post('rotate')
  @HttpCode(202)
  @Roles('admin')
  @ApiOperation({
    summary: 'Ask for new keys',
    description:
      'The generator makes them within seconds. They are published at once and sign after the overlap (KEY_OVERLAP_MINUTES); the keys ' +
      'before them verify for ever. While new ones wait for their time, asking again changes nothing.',
  })
  @ApiResponse({ status: 202, description: 'It will be done; GET lists the keys' })
  async rotate(
    @CurrentTenant() tenantId: string,
    @Param('issuerId', { schema: z.uuid() }) issuerId: string,
  ): Promise<void> {
    if (!(await this.keys.askForRotation(tenantId, issuerId))) throw unknownIssuer();
  }

  @Post(':name/compromise')
  @HttpCode(200)
  @Roles('admin')
  @ApiOperation({
    summary: 'Say that a key was in wrong hands, and since when',
    description:
      'It signs no more, leaves the key set and `assertionMethod` of the DID document, and whatever it signed from that instant on is ' +
      'refused. The next certificate makes a new key. An earlier instant replaces a later one, never the other way round.',
  })
  @ApiResponse({ status: 200, description: 'The key', standardSchema: issuerKeyView })
  async markCompromised(
    @CurrentTenant() tenantId: string,
    @CurrentCaller() caller: Caller,
    @Param('issuerId', { schema: z.uuid() }) issuerId: string,
    @Param('name') name: string,
    @Body({ schema: compromise }) { from, reason }: z.output<typeof compromise>,
  ): Promise<IssuerKeyView> {
    const issuer = await this.issuers.find(tenantId, issuerId);
    if (!issuer) throw unknownIssuer();
    const now = new Date();
    if (new Date(from) > now) {
      throw new Problem(422, {
        code: 'validation-failed',
        detail:
          'from lies in the future: a key that is known to be in wrong hands is refused from now on at the latest.',
        errors: [{ in: 'body', pointer: '/from', code: 'in-the-future', detail: 'must not lie in the future' }],
      });
    }
    const row = await this.keys.markCompromised(tenantId, issuerId, `${issuer.did}#${name}`, {
      from: new Date(from),
      reason,
      actor: caller.subject,
    });
    if (row) return showIssuerKey(row, now);
    throw new Problem(404, {
      code: 'not-found',
      detail: 'The issuer has no key of this name; GET /v1/issuers/{issuerId}/keys lists them.',
    });
  }
}

const unknownIssuer = () =>
  new Problem(404, { code: 'not-found', detail: 'The tenant has no issuer with this id; GET /v1/issuers lists them.' });
