import {
  CurrentTenant,
  defineCursor,
  Idempotency,
  Idempotent,
  type IdempotentRequest,
  type Page,
  page,
  pageQuery,
  pageSchema,
  Problem,
  Roles,
} from '@laurel/service-kit';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { issuerSchemas, type Issuer } from './issuer-schemas.ts';
import { IssuerRepository, type IssuerRow } from './issuer.repository.ts';
import { KeepIssuers } from './keep-issuers.ts';

const { created, changed, shown } = issuerSchemas;
const cursor = defineCursor('issuers', z.object({ id: z.uuid() }));
const listQuery = pageQuery(cursor);

/** Who signs the certificates of a tenant. */
@ApiTags('issuers')
@Controller('v1/issuers')
@Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
export class IssuersController {
  constructor(
    private readonly keepIssuers: KeepIssuers,
    private readonly issuers: IssuerRepository,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Roles('admin')
  @ApiOperation({ summary: 'Make an issuer: its profile and its DID; its key is made at its first certificate' })
  @ApiResponse({ status: 201, description: 'The issuer', standardSchema: shown })
  async create(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @Body({ schema: created }) body: z.output<typeof created>,
  ): Promise<Issuer> {
    const { id } = await this.idempotency.once(request, (transaction) =>
      this.keepIssuers.create(transaction, tenantId, body),
    );
    return this.read(tenantId, id);
  }

  @Get()
  @ApiOperation({ summary: 'List the issuers of the tenant' })
  @ApiResponse({ status: 200, description: 'A page of issuers', standardSchema: pageSchema(shown) })
  async list(
    @CurrentTenant() tenantId: string,
    @Query({ schema: listQuery }) { limit, cursor: after }: z.output<typeof listQuery>,
  ): Promise<Page<Issuer>> {
    const rows = await this.issuers.list(tenantId, after?.id, limit + 1);
    return page(rows.map(show), limit, cursor, ({ id }) => ({ id }));
  }

  @Get(':issuerId')
  @ApiOperation({ summary: 'Read one issuer' })
  @ApiResponse({ status: 200, description: 'The issuer', standardSchema: shown })
  async read(@CurrentTenant() tenantId: string, @Param('issuerId', { schema: z.uuid() }) id: string): Promise<Issuer> {
    const row = await this.issuers.find(tenantId, id);
    if (!row) throw unknownIssuer();
    return show(row);
  }

  @Patch(':issuerId')
  @Roles('admin')
  @ApiOperation({
    summary: 'Change name, web site or logo; certificates that are issued keep what they were signed with',
  })
  @ApiResponse({ status: 200, description: 'The issuer as it is now', standardSchema: shown })
  async change(
    @CurrentTenant() tenantId: string,
    @Param('issuerId', { schema: z.uuid() }) id: string,
    @Body({ schema: changed }) body: z.output<typeof changed>,
  ): Promise<Issuer> {
    const row = await this.keepIssuers.change(tenantId, id, body);
    if (!row) throw unknownIssuer();
    return show(row);
  }
}

const unknownIssuer = () =>
  new Problem(404, { code: 'not-found', detail: 'The tenant has no issuer with this id; GET /v1/issuers lists them.' });

const show = (row: IssuerRow): Issuer => ({
  id: row.id,
  name: row.name,
  url: row.url,
  ...(row.image === null ? {} : { image: row.image }),
  did: row.did,
  version: row.version,
  createdAt: row.created_at.toISOString(),
});
