import { type Contract } from '../catalogue/contract.ts';
import { contractsOf } from '../catalogue/contracts-of.ts';
import { stableUuid } from '../identifiers/stable-uuid.ts';
import { tenantId } from '../identifiers/tenant-id.ts';
import { decodeEnvelope, type Envelope } from './decode-envelope.ts';
import { describeIssues } from './describe-issues.ts';
import type { Event } from './event.ts';
import { headerText } from './header-text.ts';
import type { KafkaRecord } from './kafka-record.ts';
import { parseJson } from './parse-json.ts';
import { UnreadableRecord } from './unreadable-record.ts';

/** What a record turned out to be. `tenantId` stands beside a malformed one where it can be told. */
export type ParsedRecord =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'tombstone' }
  | { readonly kind: 'unknown-type'; readonly type: string }
  | { readonly kind: 'malformed'; readonly reason: string; readonly tenantId?: string };

const maxAttributeLength = 512;
// Control characters, lone surrogates and noncharacters are disallowed in attributes (CloudEvents 1.0, section 3.1).
const printable = /^[^\p{Cc}\p{Cn}\p{Cs}]+$/u;
const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;
// W3C Trace Context, section 3.2.2: version, trace, parent and flags; later versions may add to it.
const traceContext = /^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[ -~]{0,200})?$/;

/**
 * The one parser of every consumer: plain, structured and binary records become the same event. It never throws,
 * whatever the record holds, and no reason it gives quotes the record.
 *
 * @param record where it stands matters: a plain record is named by its topic, partition and offset
 * @param defaultTenant the tenant of records that name none, in a single-tenant installation
 */
export function parseRecord(record: KafkaRecord, defaultTenant?: string): ParsedRecord {
  if (record.value === null) return { kind: 'tombstone' };
  const { value } = record;
  try {
    const envelope = decodeEnvelope({ ...record, value });
    const types = contractsOf(record.topic);
    if (!types) throw new UnreadableRecord(`no contract declares the topic ${record.topic}`);
    if (envelope.mode === 'plain') {
      const contract = [...types.values()].find(({ wire }) => wire?.plain);
      if (!contract) throw new UnreadableRecord('the CloudEvents attributes are missing (ce_specversion, ce_id, …)');
      return { kind: 'event', event: plainEvent(record, envelope, contract, defaultTenant) };
    }
    const type = required(envelope, 'type');
    const contract = types.get(type);
    if (!contract) return { kind: 'unknown-type', type };
    return { kind: 'event', event: cloudEvent(record, envelope, contract, defaultTenant) };
  } catch (error) {
    // Whatever else fails is a bug of ours; even then one record must not stop its partition.
    const reason = error instanceof UnreadableRecord ? error.message : 'the parser failed: a bug in libs/contracts';
    const tenant = tellTenant(record.headers, value, defaultTenant);
    return { kind: 'malformed', reason, ...(tenant ? { tenantId: tenant } : {}) };
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
    time: readTime(envelope, record),
    tenantId: tenant,
    correlationId: stableUuid(tenant, 'correlation', source, id),
    data,
  };
}

function cloudEvent(record: KafkaRecord, envelope: Envelope, contract: Contract, defaultTenant?: string): Event {
  const id = required(envelope, 'id');
  const source = required(envelope, 'source');
  // Else an event could take the name of a plain record, and the second of the two would count as a repetition.
  if (source.startsWith('kafka:')) throw new UnreadableRecord('the attribute source must not begin with kafka:');
  const { tenant, data } = readData(envelope, contract, defaultTenant);
  const causationId = optional(envelope, 'causationid');
  const { traceparent } = envelope.attributes;
  const sequence = readSequence(envelope);
  return {
    id,
    source,
    type: contract.type,
    time: readTime(envelope, record),
    tenantId: tenant,
    correlationId: optional(envelope, 'correlationid') ?? stableUuid(tenant, 'correlation', source, id),
    ...(causationId === undefined ? {} : { causationId }),
    // A broken trace is no reason to lose an event: it begins a new one, as the standard says.
    ...(traceparent !== undefined && traceContext.test(traceparent) ? { traceparent } : {}),
    ...(sequence === undefined ? {} : { sequence }),
    data,
  };
}

function readData(envelope: Envelope, contract: Contract, defaultTenant?: string): { tenant: string; data: unknown } {
  const schema = contract.wire?.schema ?? contract.data;
  const parsed = schema.safeParse(envelope.data());
  if (!parsed.success) throw new UnreadableRecord(describeIssues(parsed.error, schema));
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

/** The tenant of a malformed record as far as it can be told: by its header, else its value, else the default. */
function tellTenant(headers: KafkaRecord['headers'], value: Buffer, defaultTenant?: string): string | undefined {
  let inValue: unknown;
  try {
    const json = parseJson(value) as { tenantid?: unknown; tenantId?: unknown; data?: { tenantId?: unknown } } | null;
    inValue = json?.tenantid ?? json?.tenantId ?? json?.data?.tenantId;
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
  }
  return tenantId.safeParse(headerText(headers.ce_tenantid) ?? inValue ?? defaultTenant).data;
}

function required(envelope: Envelope, name: 'id' | 'source' | 'type'): string {
  const value = optional(envelope, name);
  if (value === undefined) throw new UnreadableRecord(`the attribute ${name} is missing`);
  return value;
}

/** An attribute that ends in rows and headers; an empty one counts as none. */
function optional(envelope: Envelope, name: string): string | undefined {
  const value = envelope.attributes[name];
  if (value === undefined || value === '') return undefined;
  if (value.length > maxAttributeLength) {
    throw new UnreadableRecord(`the attribute ${name} is longer than ${maxAttributeLength} characters`);
  }
  if (!printable.test(value)) throw new UnreadableRecord(`the attribute ${name} holds control characters`);
  return value;
}

function readSequence(envelope: Envelope): number | undefined {
  const text = optional(envelope, 'sequence');
  if (text === undefined) return undefined;
  const sequence = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(sequence)) throw new UnreadableRecord('the attribute sequence must be a whole number');
  return sequence;
}

function readTime(envelope: Envelope, record: KafkaRecord): Date {
  const text = optional(envelope, 'time');
  if (text !== undefined && !rfc3339.test(text))
    throw new UnreadableRecord('the attribute time is no RFC 3339 timestamp');
  const read = new Date(text?.toUpperCase() ?? Number(record.timestamp));
  if (!Number.isNaN(read.getTime())) return read;
  throw new UnreadableRecord(`the ${text === undefined ? 'timestamp of the record' : 'attribute time'} is no time`);
}
