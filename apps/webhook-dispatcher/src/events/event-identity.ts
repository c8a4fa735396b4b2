import { createHash } from 'node:crypto';
import type { Event } from '@laurel/contracts';

export interface EventIdentity {
  /** Names the event by (tenant, source, id) alone: what makes two records one event. */
  readonly identity: string;
  /** A UUID in version-7 layout (RFC 9562, section 5.7): the event's time, and the same hash where chance would stand. */
  readonly id: string;
}

const latest = 2 ** 48 - 1;

/** The ids of an event in this service; the same event gives the same ones in every process and after every restart. */
export function eventIdentity(event: Pick<Event, 'tenantId' | 'source' | 'id' | 'time'>): EventIdentity {
  // JSON keeps the parts apart whatever a stranger put into them.
  const digest = createHash('sha256')
    .update(JSON.stringify(['webhook-event', event.tenantId, event.source, event.id]))
    .digest();
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(Math.min(Math.max(event.time.getTime(), 0), latest), 0, 6);
  digest.copy(bytes, 6, 0, 10);
  return { identity: uuid(digest.subarray(16, 32), 8), id: uuid(bytes, 7) };
}

/** Sets version and variant (RFC 9562, sections 4.1 and 4.2) and writes the UUID. */
function uuid(bytes: Buffer, version: number): string {
  const own = Buffer.from(bytes);
  own[6] = (own.readUInt8(6) & 0x0f) | (version << 4);
  own[8] = (own.readUInt8(8) & 0x3f) | 0x80;
  return own.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
