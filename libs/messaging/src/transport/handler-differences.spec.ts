import { describe, expect, test } from 'vitest';
import { handlerDifferences } from './handler-differences.ts';
import type { HandlerExtras } from './on.decorator.ts';

const extras: HandlerExtras = {
  file: 'apps/proof-recorder/src/some/file.consumer.ts',
  handler: 'SomeClass.someMethod',
};
const own = ['course.completed', extras] as const;

describe('handlerDifferences', () => {
  test('finds nothing where the handlers and the contracts agree', () => {
    expect(handlerDifferences('proof-recorder', new Map([own]))).toEqual([]);
  });

  test('names the handler of a topic that no contract declares, and the file that is missing', () => {
    const sentences = handlerDifferences('proof-recorder', new Map([own, ['course.renamed', extras]]));
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(`SomeClass.someMethod in ${extras.file} takes course.renamed`);
    expect(sentences[0]).toContain('add libs/contracts/src/events/course-renamed.contract.ts');
  });

  test('names the contract that does not know the app', () => {
    const sentences = handlerDifferences('proof-recorder', new Map([own, ['proof.recorded', extras]]));
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain('libs/contracts/src/events/proof-recorded.contract.ts does not name proof-recorder');
  });

  test('names the contract that expects a handler', () => {
    const sentences = handlerDifferences('proof-recorder', new Map());
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain('libs/contracts/src/events/course-completed.contract.ts says that proof-recorder');
    expect(sentences[0]).toContain("@On('course.completed')");
  });

  test('lets a process leave a topic to others, and refuses one that no handler takes', () => {
    expect(handlerDifferences('proof-recorder', new Map([own]), ['course.completed'])).toEqual([]);
    expect(handlerDifferences('proof-recorder', new Map([own]), ['course.complete'])).toEqual([
      'proof-recorder is told to leave course.complete, but has no handler for it: name a topic that one of its handlers takes.',
    ]);
  });

  test('says everything at once', () => {
    const wrong = new Map([
      ['course.renamed', extras],
      ['proof.recorded', extras],
    ]);
    expect(handlerDifferences('proof-recorder', wrong)).toHaveLength(3);
  });
});
