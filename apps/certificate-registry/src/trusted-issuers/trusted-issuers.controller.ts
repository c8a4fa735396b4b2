import {
  type Caller,
  CurrentCaller,
  defineCursor,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Delete, Get, HttpCode, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { TrustedIssuerRepository, type TrustedIssuerRow } from './trusted-issuer.repository.ts';
import { type TrustedIssuer, trustedIssuerSchemas } from './trusted-issuer-schemas.ts';

const { kept, named, shown } = trustedIssuerSchemas;
const cursor = defineCursor('trusted-issuers', z.object({ issuer: z.string() }));
const listQuery = pageQuery(cursor);

/** The issuers elsewhere whose certificates are accepted here, for the whole platform. */
@ApiTags('trusted issuers')
@Controller('v1/trusted-issuers')
@Roles('operator')
export class TrustedIssuersController {
  constructor(private readonly trusted: TrustedIssuerRepository) {}

  @Put()
  @ApiOperation({ summary: 'Trust an issuer elsewhere, or write anew under which name and why' })
  @ApiResponse({ status: 200, description: 'It as it stands on the list', standardSchema: shown })
  async keep(
    @CurrentCaller() caller: Caller,
    @Body({ schema: kept }) { issuer, name, note }: z.output<typeof kept>,
  ): Promise<TrustedIssuer> {
    return show(await this.trusted.keep({ issuer, name, note: note ?? null, actor: caller.subject }));
  }

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({ summary: 'List the issuers elsewhere that are trusted' })
  @ApiResponse({ status: 200, description: 'A page of them', standardSchema: pageSchema(shown) })
  async list(
    @Query({ schema: listQuery }) { limit, cursor: after }: z.output<typeof listQuery>,
  ): Promise<Page<TrustedIssuer>> {
    const rows = await this.trusted.list(after?.issuer, limit + 1);
    return page(rows.map(show), limit, cursor, ({ issuer }) => ({ issuer }));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Trust an issuer no longer: from now on what it signs is of an unknown issuer' })
  @ApiResponse({ status: 204, description: 'It is no longer on the list' })
  async remove(@Query({ schema: named }) { issuer }: z.output<typeof named>): Promise<void> {
    if (await this.trusted.remove(issuer)) return;
    throw new Problem(404, {
      code: 'not-found',
      detail: 'This issuer is not on the list; GET /v1/trusted-issuers shows who is.',
    });
  }
}

const show = ({ issuer, name, note, actor, changed_at }: TrustedIssuerRow): TrustedIssuer => ({
  issuer,
  name,
  ...(note === null ? {} : { note }),
  actor,
  changedAt: changed_at.toISOString(),
});
