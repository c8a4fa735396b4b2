import { externalId } from '@laurel/contracts';
import { CurrentTenant, defineCursor, type Page, page, pageQuery, pageSchema, Roles } from '@laurel/service-kit';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { DecisionRepository, type PlacedDecision } from '../decisions/decision.repository.ts';
import { shownDecision, type ShownDecision } from './shown-decision.ts';

const cursor = defineCursor('decisions', z.object({ batchId: z.string(), learnerId: z.string(), awardId: z.string() }));
const query = pageQuery(cursor).extend({
  batchId: externalId.optional(),
  learnerId: externalId.optional(),
  awardId: externalId.optional(),
  outcome: z.enum(['eligible', 'withheld', 'waiting']).optional(),
});

/** What was decided of completions, and why. */
@Controller('v1/decisions')
export class ShowDecisionsController {
  constructor(private readonly decisions: DecisionRepository) {}

  @Get()
  @Roles('operator', 'admin', 'creator', 'issuer', 'viewer')
  @ApiOperation({ summary: 'List decisions by batch, learner and award, with the reason of every clause' })
  @ApiOkResponse({ description: 'A page of decisions', standardSchema: pageSchema(shownDecision) })
  async list(
    @CurrentTenant() tenantId: string,
    @Query({ schema: query }) { cursor: after, limit, ...filter }: z.output<typeof query>,
  ): Promise<Page<ShownDecision>> {
    const rows = await this.decisions.list({ tenantId, ...filter, after, limit });
    const { items, next } = page(rows, limit, cursor, ({ batchId, learnerId, awardId }) => ({
      batchId,
      learnerId,
      awardId,
    }));
    return { items: items.map(show), ...(next === undefined ? {} : { next }) };
  }
}

function show(decision: PlacedDecision): ShownDecision {
  const { batchId, learnerId, awardId, awardVersion, outcome, waitingFor, clauses, factsVersion, requestId } = decision;
  return {
    batchId,
    learnerId,
    ...(awardId === '' ? {} : { awardId }),
    ...(awardVersion === undefined ? {} : { awardVersion }),
    outcome,
    ...(waitingFor === undefined ? {} : { waitingFor }),
    clauses: [...clauses],
    factsVersion,
    ...(requestId === undefined ? {} : { requestId }),
    decidedAt: decision.decidedAt.toISOString(),
    since: decision.since.toISOString(),
  };
}
