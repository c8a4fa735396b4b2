import { headerText } from './header-text.ts';
import type { HeaderValue, KafkaRecord } from './kafka-record.ts';
import { parseJson } from './parse-json.ts';
import { UnreadableRecord } from './unreadable-record.ts';

/** The attributes of a record as text, still unchecked, and its data; `plain` has no attributes. */
export interface Envelope {
  readonly mode: 'binary' | 'structured' | 'plain';
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** Read when it is asked for: a type that nobody here knows need not be JSON. Throws {@link UnreadableRecord}. */
  data(): unknown;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** What consumers read. Any other attribute may be whatever its maker likes. */
const known = new Set(
  'specversion id source type time tenantid correlationid causationid traceparent sequence'.split(' '),
);

/**
 * Takes a record apart: structured by its content type, else binary by its `ce_*` headers, else plain
 * (CloudEvents 1.0, Kafka protocol binding, section 3).
 *
 * @throws {UnreadableRecord} when the attributes are no CloudEvents 1.0
 */
export function decodeEnvelope(record: KafkaRecord & { value: Buffer }): Envelope {
  if (headerText(record.headers['content-type'])?.toLowerCase().startsWith('application/cloudevents')) {
    return structured(parseJson(record.value));
  }
  const data = () => parseJson(record.value);
  const inHeaders = Object.entries(record.headers).filter(([name]) => name.startsWith('ce_'));
  if (inHeaders.length === 0) return { mode: 'plain', attributes: {}, data };
  const attributes = named(
    inHeaders.map(([name, value]) => [name.slice(3), value] as const),
    headerAttribute,
  );
  checkVersion(attributes.specversion, 'the header ce_specversion');
  return { mode: 'binary', attributes, data };
}

function structured(json: unknown): Envelope {
  if (!isObject(json)) throw new UnreadableRecord('a structured CloudEvent must be a JSON object');
  const { data, ...rest } = json;
  checkVersion(rest.specversion, 'specversion');
  if (Object.hasOwn(rest, 'data_base64')) {
    throw new UnreadableRecord('data_base64 is not supported: write the data as JSON in `data`');
  }
  return { mode: 'structured', attributes: named(Object.entries(rest), jsonAttribute), data: () => data };
}

/** Without a prototype: an attribute may be named `constructor`. */
function named<Value>(
  entries: readonly (readonly [string, Value])[],
  read: (name: string, value: Value) => string | undefined,
): Record<string, string | undefined> {
  const attributes = Object.create(null) as Record<string, string | undefined>;
  for (const [name, value] of entries) if (known.has(name)) attributes[name] = read(name, value);
  return attributes;
}

/** Strict about UTF-8: with replacement characters, two ids could become one, and one of two events be dropped. */
function headerAttribute(name: string, value: HeaderValue): string | undefined {
  const last = Array.isArray(value) ? value.at(-1) : value;
  if (!Buffer.isBuffer(last)) return headerText(last);
  try {
    return utf8.decode(last);
  } catch (cause) {
    throw new UnreadableRecord(`the header ce_${name} is not UTF-8`, { cause });
  }
}

function jsonAttribute(name: string, value: unknown): string | undefined {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UnreadableRecord(`the attribute ${name} must be a string or a number`);
}

function checkVersion(version: unknown, where: string): void {
  if (version !== '1.0') throw new UnreadableRecord(`${where} must be 1.0`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
