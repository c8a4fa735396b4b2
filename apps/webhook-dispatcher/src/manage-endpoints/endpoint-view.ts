import type { z } from 'zod';
import type { EndpointRow } from '../endpoints/endpoint.repository.ts';
import type { endpointSchemas } from './endpoint-schemas.ts';

/** An endpoint as its routes show it. */
export function endpointView(row: EndpointRow): z.output<typeof endpointSchemas.view> {
  return {
    id: row.external_id,
    uuid: row.id,
    url: row.url,
    types: row.types,
    ...(row.description === null ? {} : { description: row.description }),
    state: row.state as 'active' | 'paused' | 'disabled',
    ...(row.disabled_reason === null ? {} : { disabledReason: row.disabled_reason }),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
