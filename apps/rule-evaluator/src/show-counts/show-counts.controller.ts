import { CurrentTenant, Roles } from '@laurel/service-kit';
import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DecisionRepository } from '../decisions/decision.repository.ts';
import { ReevaluationRepository } from '../reevaluate/reevaluation.repository.ts';
import { StandingRepository } from '../standings/standing.repository.ts';

const counts = z
  .object({
    completed: z.number().int().meta({ description: 'Learners who completed a batch' }),
    decided: z.number().int().meta({ description: 'Decisions that wait for nothing' }),
    eligible: z.number().int().meta({ description: 'Certificates that were requested' }),
    withheld: z.number().int(),
    waiting: z.number().int(),
    reevaluations: z.number().int().meta({ description: 'Jobs that are not done yet' }),
  })
  .meta({ id: 'RuleCounts' });

/** How far this service has come, for the line that `npm start` shows. */
@Controller('counts')
export class ShowCountsController {
  constructor(
    private readonly decisions: DecisionRepository,
    private readonly standings: StandingRepository,
    private readonly reevaluations: ReevaluationRepository,
  ) {}

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({ summary: 'Count completions and what was decided of them' })
  @ApiOkResponse({ description: 'How many there are of each', standardSchema: counts })
  async show(@CurrentTenant() tenantId: string): Promise<z.output<typeof counts>> {
    const [completed, { eligible, withheld, waiting }, reevaluations] = await Promise.all([
      this.standings.countCompleted(tenantId),
      this.decisions.count(tenantId),
      this.reevaluations.count(tenantId),
    ]);
    return { completed, decided: eligible + withheld, eligible, withheld, waiting, reevaluations };
  }
}
