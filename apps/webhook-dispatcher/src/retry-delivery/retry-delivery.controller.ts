import { CurrentTenant, Idempotent, type IdempotentRequest, Roles } from '@laurel/service-kit';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation } from '@nestjs/swagger';
import { endpointAnswers } from '../manage-endpoints/endpoint-answers.ts';
import { deliverySchemas } from '../show-deliveries/delivery-schemas.ts';
import { RetryDelivery } from './retry-delivery.ts';

/** The resend button of a delivery. */
@Controller('v1/deliveries')
export class RetryDeliveryController {
  constructor(private readonly retryDelivery: RetryDelivery) {}

  @Post(':id/retry')
  @Roles('admin')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a delivery once more, now; the answer names the delivery to look at' })
  @ApiAcceptedResponse({ standardSchema: endpointAnswers.tested })
  async retry(
    @Idempotent() request: IdempotentRequest,
    @CurrentTenant() tenantId: string,
    @Param('id', { schema: deliverySchemas.delivery.shape.id }) id: string,
  ) {
    return { deliveryId: await this.retryDelivery.run(request, tenantId, id) };
  }
}
