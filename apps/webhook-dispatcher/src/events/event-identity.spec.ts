import fc from 'fast-check';
import { validate, version } from 'uuid';
import { expect, it } from 'vitest';
import { eventIdentity } from './event-identity.ts';

const part = fc.string({ unit: 'binary', maxLength: 12 });
const event = fc.record({ tenantId: part, source: part, id: part, time: fc.date({ noInvalidDate: true }) });

it('is a UUID of version 7 with the time of the event, the same every time', () => {
  fc.assert(
    fc.property(event, (one) => {
      const { id, identity } = eventIdentity(one);
      expect(validate(id) && validate(identity)).toBe(true);
      expect(version(id)).toBe(7);
      const milliseconds = Math.min(Math.max(one.time.getTime(), 0), 2 ** 48 - 1);
      expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(milliseconds);
      expect(eventIdentity({ ...one })).toEqual({ id, identity });
    }),
  );
});

it('is another for another tenant, source or id, and the same identity at another time', () => {
  fc.assert(
    fc.property(event, event, (one, other) => {
      const names = (from: typeof one) => JSON.stringify([from.tenantId, from.source, from.id]);
      expect(eventIdentity(one).identity === eventIdentity(other).identity).toBe(names(one) === names(other));
    }),
  );
  const one = { tenantId: 'a', source: 's', id: 'i', time: new Date(0) };
  expect(eventIdentity({ ...one, time: new Date(1) }).identity).toBe(eventIdentity(one).identity);
  expect(eventIdentity({ ...one, source: 'si', id: '' }).identity).not.toBe(eventIdentity(one).identity);
});
