import { tenantId } from '../identifiers/tenant-id.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema-of.ts';

const text = (description: string) => ({ type: 'string', minLength: 1, maxLength: 512, description });

/** The headers of an event in binary mode: the attributes of CloudEvents 1.0 and the extensions of Laurel. */
export function eventHeaders(type: string): JsonSchema {
  const { $schema: _, ...tenant } = jsonSchemaOf(tenantId, 'draft-7');
  return {
    type: 'object',
    required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type'],
    properties: {
      'content-type': { type: 'string', const: 'application/json' },
      ce_specversion: { type: 'string', const: '1.0' },
      ce_id: text('With tenant and source the name of the event: a repetition has the same'),
      ce_source: { ...text('Who says it; `kafka:` is kept for plain records'), pattern: '^(?!kafka:)' },
      ce_type: { type: 'string', const: type, description: 'The fact with its version' },
      ce_time: { type: 'string', format: 'date-time', description: 'When it became true' },
      ce_tenantid: { ...tenant, description: 'The organisation; left out, the value or the installation names it' },
      ce_correlationid: text('The same from the first event of a chain to its last'),
      ce_causationid: text('The id of the event that led to this one'),
      ce_traceparent: { type: 'string', description: 'W3C Trace Context' },
      ce_sequence: {
        type: 'string',
        pattern: '^[0-9]{1,16}$',
        description: 'The version of the row that the fact is about: a projection applies it only over a lower one',
      },
    },
  };
}
