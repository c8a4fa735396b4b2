import { headerText } from './header-text.ts';
import type { KafkaRecord } from './kafka-record.ts';

/** The attributes of a record as text, still unchecked, and its data; `plain` has no attributes. */
export interface Envelope {
  readonly mode: 'binary' | 'structured' | 'plain';
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly data: unknown;
}

/** Why a record is no event. The text names fields, never values: it may end in a header or a log. */
export class UnreadableRecord extends Error {
  override readonly name = 'UnreadableRecord';
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Takes a record apart: structured by its content type, else binary by `ce_specversion`, else plain
 * (CloudEvents 1.0, Kafka protocol binding, section 3).
 *
 * @throws {UnreadableRecord} when the value is no JSON in UTF-8 or the attributes are no CloudEvents 1.0
 */
export function decodeEnvelope(record: KafkaRecord & { value: Buffer }): Envelope {
  const json = parseJson(record.value);
  if (headerText(record.headers['content-type'])?.toLowerCase().startsWith('application/cloudevents')) {
    return structured(json);
  }
  const attributes: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(record.headers)) {
    if (name.startsWith('ce_')) attributes[name.slice(3)] = headerText(value);
  }
  if (Object.keys(attributes).length === 0) return { mode: 'plain', attributes, data: json };
  checkVersion(attributes.specversion, 'the header ce_specversion');
  return { mode: 'binary', attributes, data: json };
}

function structured(json: unknown): Envelope {
  if (!isObject(json)) throw new UnreadableRecord('a structured CloudEvent must be a JSON object');
  const { data, ...rest } = json;
  checkVersion(rest.specversion, 'specversion');
  if ('data_base64' in rest) throw new UnreadableRecord('data_base64 is not supported: write the data as JSON in `data`');
  const attributes: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === 'string') attributes[name] = value;
    else if (typeof value === 'number' || typeof value === 'boolean') attributes[name] = String(value);
    else if (value !== null) throw new UnreadableRecord(`the attribute ${name.slice(0, 40)} must be a string or a number`);
  }
  return { mode: 'structured', attributes, data };
}

function checkVersion(version: unknown, where: string): void {
  if (version !== '1.0') throw new UnreadableRecord(`${where} must be 1.0`);
}

function parseJson(value: Buffer): unknown {
  let text: string;
  try {
    text = utf8.decode(value);
  } catch (cause) {
    throw new UnreadableRecord('the value is not UTF-8', { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The parser's own message quotes the value, which may hold personal data.
    throw new UnreadableRecord('the value is not JSON', { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
