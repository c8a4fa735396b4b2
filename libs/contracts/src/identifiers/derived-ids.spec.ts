import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enrolmentId } from './enrolment-id.ts';
import { externalId } from './external-id.ts';
import { occasionKey } from './occasion-key.ts';
import { stableUuid } from './stable-uuid.ts';

const uuidV5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const id = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => externalId.safeParse(text).success);

describe('derived ids', () => {
  it('are the same on every day and machine', () => {
    expect(enrolmentId('acme', 'rust-101', 'asha@example.org')).toBe('c4ae9a9e-e681-59b8-9e93-88e0d56bdec6');
    expect(occasionKey('acme', 'course-completion', { batchId: 'rust-101' })).toBe(
      '1d45959b-9336-55c6-ab15-964a7a08d967',
    );
  });

  it('hide the ids that they are made of', () => {
    fc.assert(
      fc.property(id, id, (batch, learner) => {
        expect(enrolmentId('acme', batch, learner)).toMatch(uuidV5);
      }),
    );
  });

  it('differ when their parts differ, wherever the border between two parts is', () => {
    fc.assert(
      fc.property(fc.array(id, { minLength: 1 }), fc.array(id, { minLength: 1 }), (some, others) => {
        const same = JSON.stringify(some) === JSON.stringify(others);
        expect(stableUuid('acme', 'x', ...some) === stableUuid('acme', 'x', ...others)).toBe(same);
      }),
    );
    expect(stableUuid('acme', 'x', 'ab', 'c')).not.toBe(stableUuid('acme', 'x', 'a', 'bc'));
    expect(enrolmentId('acme', 'a', 'b')).not.toBe(enrolmentId('umbrella', 'a', 'b'));
  });

  it('refuse a part that holds the separator, which would let two things share an id', () => {
    const forged = () => occasionKey('acme', 't', { 'a\u001fx\u001fb': 'y' });
    expect(forged).toThrow('a part of an id holds a control character');
    expect(() => enrolmentId('acme', 'a\u001fb', 'c')).toThrow(RangeError);
  });

  it('name an occasion whatever the order of its members', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), id, { minKeys: 1 }), (occasion) => {
        const turned = Object.fromEntries(Object.entries(occasion).reverse());
        expect(occasionKey('acme', 'course-completion', turned)).toBe(
          occasionKey('acme', 'course-completion', occasion),
        );
      }),
    );
    expect(occasionKey('acme', 't', { a: 'b', c: 'd' })).not.toBe(occasionKey('acme', 't', { a: 'd', c: 'b' }));
    expect(occasionKey('acme', 't', { a: 'b' })).not.toBe(occasionKey('acme', 'u', { a: 'b' }));
  });
});
