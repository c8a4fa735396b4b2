import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { childTraceparent } from './child-traceparent.ts';

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

describe('childTraceparent', () => {
  test('goes on in the trace of its parent with a span of its own, and keeps the flags', () => {
    const [, trace, span, flags] = form.exec(childTraceparent(parent)) ?? [];
    expect(trace).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(span).not.toBe('00f067aa0ba902b7');
    expect(flags).toBe('00');
  });

  test('begins a new trace without a parent, and with one that is not in the form', () => {
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), (text) => {
        const child = childTraceparent(text);
        expect(child).toMatch(form);
        expect(child.endsWith('-01')).toBe(true);
      }),
    );
    expect(childTraceparent()).not.toBe(childTraceparent());
  });
});
