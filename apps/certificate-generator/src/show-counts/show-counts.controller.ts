import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';

interface Counts {
  readonly allocated: number;
  readonly issued: number;
  readonly failed: number;
}

/** How far this service has come with the certificates of a tenant. */
@Controller('counts')
export class ShowCountsController {
  constructor(private readonly dataSource: DataSource) {}

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({ summary: "Counts the tenant's certificates: being made, ever issued, and failed" })
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['allocated', 'issued', 'failed'],
      properties: { allocated: { type: 'integer' }, issued: { type: 'integer' }, failed: { type: 'integer' } },
    },
  })
  async show(@CurrentTenant() tenantId: string): Promise<Counts> {
    const [counts] = await this.dataSource.query<[Counts]>(
      `SELECT (count(*) FILTER (WHERE state = 'allocated'))::int AS allocated, count(issued_at)::int AS issued,
              (count(*) FILTER (WHERE state = 'failed'))::int AS failed
       FROM certificate WHERE tenant_id = $1`,
      [tenantId],
    );
    return counts;
  }
}
