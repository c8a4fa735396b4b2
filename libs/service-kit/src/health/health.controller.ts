import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/public.decorator.ts';
import type { HealthReport } from './health-report.ts';
import { ServiceHealth } from './service-health.ts';

/** `GET /health/live` and `GET /health/ready`: 200 or 503, each with a {@link HealthReport}. */
@ApiExcludeController()
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: ServiceHealth) {}

  @Get('live')
  async live(@Res() reply: FastifyReply): Promise<void> {
    await answer(reply, this.health.live());
  }

  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    await answer(reply, await this.health.ready());
  }
}

async function answer(reply: FastifyReply, report: HealthReport): Promise<void> {
  await reply.status(report.status === 'ok' ? 200 : 503).send(report);
}
