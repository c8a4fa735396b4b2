import { type Contract } from '../catalogue/contract.ts';
import { contractsOf } from '../catalogue/contracts-of.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';
import { tenantId } from '../identifiers/tenant-id.ts';
import { decodeEnvelope, type Envelope, UnreadableRecord } from './decode-envelope.ts';
import { describeIssues } from './describe-issues.ts';
import type { Event } from './event.ts';
import type { KafkaRecord } from './kafka-record.ts';

/** What a record turned out to be. `tenantId` stands beside a malformed one where it can be told. */
export type ParsedRecord =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'tombstone' }
  | { readonly kind: 'unknown-type'; readonly type: string }
  | { readonly kind: 'malformed'; readonly reason: string; readonly tenantId?: string };

const maxAttributeLength = 512;
// Control characters and the two noncharacters are disallowed in attributes (CloudEvents 1.0, section 3.1).
const printable = /^[^\p{Cc}\p{Cn}]+$/u;

/**
 * The one parser of every consumer: plain, structured and binary records become the same event.
 *
 * @param record where it stands matters: a plain record is named by its topic, partition and offset
 * @param defaultTenant the tenant of records that name none, in a single-tenant installation
 */
export function parseRecord(record: KafkaRecord, defaultTenant?: string): ParsedRecord {
  if (record.value === null) return { kind: 'tombstone' };
  let tenant: string | undefined;
  try {
    const envelope = decodeEnvelope(record as KafkaRecord & { value: Buffer });
    tenant = tellTenant(envelope, defaultTenant);
    const types = contractsOf(record.topic);
    if (!types) throw new UnreadableRecord(`no contract declares the topic ${record.topic}`);
    if (envelope.mode === 'plain') {
      const contract = [...types.values()].find(({ wire }) => wire?.plain);
      if (!contract) throw new UnreadableRecord('the CloudEvents attributes are missing (ce_specversion, ce_id, …)');
      return { kind: 'event', event: plainEvent(record, envelope, contract, defaultTenant) };
    }
    const type = attribute(envelope, 'type');
    const contract = types.get(type);
    if (!contract) return { kind: 'unknown-type', type };
    return { kind: 'event', event: cloudEvent(record, envelope, contract, defaultTenant) };
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    return { kind: 'malformed', reason: error.message, ...(tenant ? { tenantId: tenant } : {}) };
  }
}

function plainEvent(record: KafkaRecord, envelope: Envelope, contract: Contract, defaultTenant?: string): Event {
  const { tenant, data } = readData(envelope, contract, defaultTenant);
  const source = `kafka:${record.topic}`;
  const id = `${record.partition}:${record.offset}`;
  return {
    id,
    source,
    type: contract.type,
    time: new Date(Number(record.timestamp)),
    tenantId: tenant,
    correlationId: stableUuid(tenant, 'correlation', source, id),
    data,
  };
}

function cloudEvent(record: KafkaRecord, envelope: Envelope, contract: Contract, defaultTenant?: string): Event {
  const id = attribute(envelope, 'id');
  const source = attribute(envelope, 'source');
  const { tenant, data } = readData(envelope, contract, defaultTenant);
  const { causationid, traceparent, sequence } = envelope.attributes;
  const version = sequence === undefined ? undefined : Number(sequence);
  if (version !== undefined && !(Number.isSafeInteger(version) && version >= 0)) {
    throw new UnreadableRecord('sequence must be a whole number');
  }
  return {
    id,
    source,
    type: contract.type,
    time: readTime(envelope, record),
    tenantId: tenant,
    correlationId: envelope.attributes.correlationid ?? stableUuid(tenant, 'correlation', source, id),
    ...(causationid === undefined ? {} : { causationId: causationid }),
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(version === undefined ? {} : { sequence: version }),
    data,
  };
}

function readData(envelope: Envelope, contract: Contract, defaultTenant?: string): { tenant: string; data: unknown } {
  const schema = contract.wire?.schema ?? contract.data;
  const parsed = schema.safeParse(envelope.data);
  if (!parsed.success) throw new UnreadableRecord(describeIssues(parsed.error));
  const inAttributes = envelope.attributes.tenantid;
  const inData = contract.wire?.tenantOf(parsed.data);
  if (inAttributes !== undefined && inData !== undefined && inAttributes !== inData) {
    throw new UnreadableRecord('tenantId: the value and the attribute tenantid name two tenants');
  }
  const tenant = inAttributes ?? inData ?? defaultTenant;
  if (tenant === undefined) throw new UnreadableRecord('tenantId: missing, and the installation has no DEFAULT_TENANT');
  if (!tenantId.safeParse(tenant).success) {
    throw new UnreadableRecord('tenantId: must be 2 to 40 characters of a-z, 0-9 and -');
  }
  return { tenant, data: contract.wire ? contract.wire.toData(parsed.data, tenant) : parsed.data };
}

/** The tenant as far as it can be told, for a record that may turn out to be malformed. */
function tellTenant(envelope: Envelope, defaultTenant?: string): string | undefined {
  const inData = (envelope.data as { tenantId?: unknown } | null | undefined)?.tenantId;
  const named = envelope.attributes.tenantid ?? inData ?? defaultTenant;
  return tenantId.safeParse(named).data;
}

function attribute(envelope: Envelope, name: 'id' | 'source' | 'type'): string {
  const value = envelope.attributes[name];
  if (value === undefined || value === '') throw new UnreadableRecord(`the attribute ${name} is missing`);
  if (value.length > maxAttributeLength) {
    throw new UnreadableRecord(`the attribute ${name} is longer than ${maxAttributeLength} characters`);
  }
  if (!printable.test(value)) throw new UnreadableRecord(`the attribute ${name} holds control characters`);
  return value;
}

function readTime(envelope: Envelope, record: KafkaRecord): Date {
  const { time } = envelope.attributes;
  const read = new Date(time ?? Number(record.timestamp));
  if (Number.isNaN(read.getTime())) throw new UnreadableRecord('the attribute time is no RFC 3339 timestamp');
  return read;
}
