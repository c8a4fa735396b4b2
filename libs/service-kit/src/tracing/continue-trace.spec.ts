import { describe, expect, it } from 'vitest';
import { continueTrace } from './continue-trace.ts';
import { parseTraceparent } from './parse-traceparent.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const parentId = '00f067aa0ba902b7';

describe('traceparent', () => {
  it('reads the example of the recommendation', () => {
    expect(parseTraceparent(`00-${traceId}-${parentId}-01`)).toEqual({ traceId, parentId, flags: '01' });
  });

  it.each([
    ['nothing', undefined],
    ['an empty header', ''],
    ['version ff', `ff-${traceId}-${parentId}-01`],
    ['a trace id of zeros', `00-${'0'.repeat(32)}-${parentId}-01`],
    ['a parent id of zeros', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['capitals', `00-${traceId.toUpperCase()}-${parentId}-01`],
    ['more fields in version 00', `00-${traceId}-${parentId}-01-more`],
    ['too short an id', `00-${traceId.slice(1)}-${parentId}-01`],
    ['two lines', `00-${traceId}-${parentId}-01\n`],
  ])('refuses %s', (_, header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('reads a later version by its first four fields', () => {
    expect(parseTraceparent(`01-${traceId}-${parentId}-03-what-comes`)).toEqual({ traceId, parentId, flags: '03' });
  });

  it('goes on in the caller’s trace with a span of its own, and keeps the flags', () => {
    const continued = parseTraceparent(continueTrace(`00-${traceId}-${parentId}-00`));
    expect(continued).toMatchObject({ traceId, flags: '00' });
    expect(continued?.parentId).not.toBe(parentId);
  });

  it('begins a new trace where there is no valid one', () => {
    const [first, second] = [continueTrace(undefined), continueTrace('rubbish')].map((header) =>
      parseTraceparent(header),
    );
    expect(first?.flags).toBe('01');
    expect(first?.traceId).not.toBe(second?.traceId);
  });
});
