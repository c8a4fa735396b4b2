import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { readers } from '../access/readers.ts';
import { OutcomeRepository } from '../certificates/outcome.repository.ts';

const answer = z
  .object({ enrolled: z.int(), completed: z.int(), issued: z.int(), withheld: z.int(), failed: z.int() })
  .meta({ id: 'Counts' });

/** How far the learners of a tenant have come. */
@Controller('counts')
export class ShowCountsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outcomes: OutcomeRepository,
  ) {}

  @Get()
  @Roles(...readers)
  @ApiOperation({ summary: 'Count enrolments, completions and what became of them, award by award' })
  @ApiOkResponse({ description: 'Numbers by name', standardSchema: answer })
  async show(@CurrentTenant() tenant: string): Promise<z.output<typeof answer>> {
    const [row] = await this.dataSource.query<[{ enrolled: number; completed: number }]>(
      `SELECT count(*)::int AS enrolled, count(completed_at)::int AS completed
       FROM enrolment WHERE tenant_id = $1 AND left_at IS NULL`,
      [tenant],
    );
    return { ...row, ...(await this.outcomes.count(tenant)) };
  }
}
