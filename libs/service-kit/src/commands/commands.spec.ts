import { describe, expect, it } from 'vitest';
import { deadLetterArguments } from './dead-letter-arguments.ts';
import { renderTable } from './render-table.ts';
import { UsageError } from './usage-error.ts';

const read = (line: string) => deadLetterArguments(line.split(' ').filter(Boolean));

describe('the arguments of npm run redrive', () => {
  it('are a task with its filters', () => {
    expect(
      read('list --group lms.course.completed --class bug --since 2026-03-01 --until 2026-03-02T12:00:00+02:00 --json'),
    ).toEqual({
      kind: 'list',
      json: true,
      filter: {
        group: 'lms.course.completed',
        tenantId: undefined,
        errorClass: 'bug',
        since: new Date('2026-03-01T00:00:00Z'),
        until: new Date('2026-03-02T10:00:00Z'),
        offset: undefined,
      },
    });
    expect(read('show --group g --offset 7 --value')).toMatchObject({
      kind: 'show',
      withValue: true,
      filter: { group: 'g', offset: '7' },
    });
    expect(read('redrive --tenant acme --again --dry-run')).toMatchObject({
      kind: 'redrive',
      again: true,
      dryRun: true,
    });
    expect(read('redrive --all')).toMatchObject({ kind: 'redrive', again: false, dryRun: false });
  });

  it.each(['', '--help', 'list --help'])('ask for help (%j)', (line) => {
    expect(read(line)).toMatchObject({
      kind: 'help',
      text: expect.stringContaining('npm run redrive -- list') as unknown,
    });
  });

  it.each([
    ['drop', 'There is no "drop"; there are list, show and redrive.'],
    ['list more', 'Name one of list, show and redrive.'],
    ['--tenant acme', 'Name one of list, show and redrive.'],
    ['redrive', 'Name a filter, or --all to redrive every dead letter.'],
    ['show --group g', 'show needs --group and --offset'],
    ['list --offset 7', '--offset counts within one group'],
    ['list --group g --offset x', '--offset must be a whole number.'],
    ['list --class fatal', '--class must be permanent or bug.'],
    ['list --since yesterday', '--since must be a date'],
    ['list --until 2026-03-01T12:00:00', '--until must be a date'],
    ['list --since 2026-13-01', '--since must be a date'],
    ['list --colour', "Unknown option '--colour'"],
  ])('are refused with the reason and the help: %s', (line, reason) => {
    expect(() => read(line)).toThrow(UsageError);
    expect(() => read(line)).toThrow(reason);
    expect(() => read(line)).toThrow('Filters, all of which must fit');
  });
});

describe('renderTable', () => {
  it('aligns columns and ends no line with spaces', () => {
    expect(
      renderTable([
        { a: '1', long: 'x' },
        { a: '100', long: '' },
      ]),
    ).toBe('a    long\n1    x\n100');
    expect(renderTable([])).toBe('');
  });
});
