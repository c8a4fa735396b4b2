import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TopicNames } from './topic-names.ts';

describe('TopicNames', () => {
  test('what goes out comes in under its own name, whatever the prefix', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (prefix, name) => {
        const names = new TopicNames(prefix);
        expect(names.outside(name).startsWith(prefix)).toBe(true);
        expect(names.inside(names.outside(name))).toBe(name);
      }),
    );
  });

  test('takes the prefix off once, and leaves a name of somebody else alone', () => {
    const names = new TopicNames('a.');
    expect(names.inside('a.a.topic')).toBe('a.topic');
    expect(names.inside('b.topic')).toBe('b.topic');
  });
});
