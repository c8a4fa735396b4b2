import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { register } from 'prom-client';
import { Public } from '../auth/public.decorator.ts';

/** `GET /metrics` in Prometheus's text format. It needs no token: the way to it belongs to the internal network alone. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  @Get()
  @Public()
  async read(@Res() reply: FastifyReply): Promise<void> {
    const text = await register.metrics();
    await reply.header('content-type', register.contentType).send(text);
  }
}
