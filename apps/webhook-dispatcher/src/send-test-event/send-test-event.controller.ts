import { externalId } from '@laurel/contracts';
import { CurrentTenant, Idempotent, type IdempotentRequest, Roles } from '@laurel/service-kit';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation } from '@nestjs/swagger';
import { endpointAnswers } from '../manage-endpoints/endpoint-answers.ts';
import { SendTestEvent } from './send-test-event.ts';

/** The test button of an endpoint. */
@Controller('v1/endpoints')
export class SendTestEventController {
  constructor(private readonly sendTestEvent: SendTestEvent) {}

  @Post(':id/test')
  @Roles('admin')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send an endpoint.test event; its delivery tells what came of it' })
  @ApiAcceptedResponse({ standardSchema: endpointAnswers.tested })
  async send(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @Param('id', { schema: externalId }) id: string,
  ) {
    return { deliveryId: await this.sendTestEvent.run(request, tenantId, id) };
  }
}
