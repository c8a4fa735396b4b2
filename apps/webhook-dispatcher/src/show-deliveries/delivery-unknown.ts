import { Problem } from '@laurel/service-kit';

/** 404 for a delivery that is not the tenant's. */
export function deliveryUnknown(): Problem {
  return new Problem(404, {
    code: 'delivery-unknown',
    detail: 'There is no delivery of this id; GET /v1/endpoints/:id/deliveries lists them.',
  });
}
