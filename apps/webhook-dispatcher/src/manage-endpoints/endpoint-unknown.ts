import { Problem } from '@laurel/service-kit';

/** 404 for an endpoint that the tenant does not have, whoever else has one of this id. */
export function endpointUnknown(): Problem {
  return new Problem(404, {
    code: 'endpoint-unknown',
    detail: 'There is no endpoint of this id; GET /v1/endpoints lists them.',
  });
}
