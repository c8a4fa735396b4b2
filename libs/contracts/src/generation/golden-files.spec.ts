import { describe, expect, it } from 'vitest';
import { exampleEvents } from './example-events.ts';
import { goldenFiles, GoldenFileChanged, type GoldenFile } from './golden-files.ts';
import { courseCompleted } from '../events/course-completed.contract.ts';

const path = 'libs/contracts/golden/course.completed.v1/1.json';
const none = () => null;

describe('golden files', () => {
  it('are made where there is none yet, and are the same the next time', () => {
    const files = goldenFiles(none);
    expect(goldenFiles((file) => files[file] ?? null)).toEqual(files);
  });

  it('hold every mode of an example, and the event that it is', () => {
    const { records } = JSON.parse(goldenFiles(none)[path]!) as GoldenFile;
    expect(records.map(({ mode }) => mode)).toEqual(['binary', 'structured', 'plain']);
    const event = exampleEvents(courseCompleted)[0]!;
    const written = { ...event, time: event.time.toISOString() };
    expect(records.slice(0, 2).map((record) => record.event)).toEqual([written, written]);
    expect(records[2]!.event.data).toEqual(event.data);
    expect(records[2]!.value).not.toContain('enrolmentId');
  });

  it('are never changed: the attempt ends with what to do', () => {
    const changed = goldenFiles(none)[path]!.replaceAll('rust-101', 'rust-102');
    const attempt = () => goldenFiles((file) => (file === path ? changed : null));
    expect(attempt).toThrow(GoldenFileChanged);
    expect(attempt).toThrow(
      `${path} would change, but consumers may hold that record for ever. Put example 1 of ` +
        'libs/contracts/src/events/course-completed.contract.ts back as it was and add yours at the end of the list.',
    );
  });
});
