import type { DeadLetterFilter } from '@laurel/messaging';
import { parseArguments } from './parse-arguments.ts';
import { UsageError } from './usage-error.ts';

const help = `Dead letters: records that a consumer group could not handle, in its topic <group>.dlq.

  npm run redrive -- list [filters]      a table of them
  npm run redrive -- show --group G --offset N [--value]
                                         one of them, with its headers
  npm run redrive -- redrive filters     gives them to their group again

Filters, all of which must fit:
  --group G       the consumer group, such as rule-evaluator.course.completed
  --tenant T      whose record it is
  --class C       permanent or bug
  --since TIME    failed then or later, such as 2026-03-01 or 2026-03-01T12:00:00Z
  --until TIME    failed before then
  --offset N      where it lies in its group's dead letters; needs --group

  --json          list: one JSON object per line
  --value         show: key and value too, which may hold personal data
  --all           redrive: without any filter
  --again         redrive: also what was redriven before
  --dry-run       redrive: only tell what would be done

It needs KAFKA_BROKERS, and TOPIC_PREFIX where one is used.`;

const options = {
  group: { type: 'string' },
  tenant: { type: 'string' },
  class: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  offset: { type: 'string' },
  json: { type: 'boolean' },
  value: { type: 'boolean' },
  all: { type: 'boolean' },
  again: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** What is to be done with which dead letters. */
export type DeadLetterTask =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'list'; readonly filter: DeadLetterFilter; readonly json: boolean }
  | { readonly kind: 'show'; readonly filter: DeadLetterFilter; readonly withValue: boolean }
  | { readonly kind: 'redrive'; readonly filter: DeadLetterFilter; readonly again: boolean; readonly dryRun: boolean };

/** Reads the arguments of `npm run redrive`. Throws a UsageError that says which one is wrong and shows the help. */
export function deadLetterArguments(args: string[]): DeadLetterTask {
  const { values, positionals } = parseArguments({ args, options, allowPositionals: true }, help);
  const [kind, ...more] = positionals;
  if (values.help || (kind === undefined && args.length === 0)) return { kind: 'help', text: help };
  if (kind === undefined || more.length > 0) refuse('Name one of list, show and redrive.');
  const filter: DeadLetterFilter = {
    group: values.group,
    tenantId: values.tenant,
    errorClass: errorClass(values.class),
    since: instant('since', values.since),
    until: instant('until', values.until),
    offset: values.offset,
  };
  if (filter.offset !== undefined && !/^\d+$/.test(filter.offset)) refuse('--offset must be a whole number.');
  if (filter.offset !== undefined && filter.group === undefined)
    refuse('--offset counts within one group: add --group.');
  switch (kind) {
    case 'list':
      return { kind, filter, json: values.json ?? false };
    case 'show':
      if (filter.offset === undefined) refuse('show needs --group and --offset; list tells both.');
      return { kind, filter, withValue: values.value ?? false };
    case 'redrive':
      if (!values.all && Object.values(filter).every((value) => value === undefined))
        refuse('Name a filter, or --all to redrive every dead letter.');
      return { kind, filter, again: values.again ?? false, dryRun: values['dry-run'] ?? false };
    default:
      return refuse(`There is no "${kind}"; there are list, show and redrive.`);
  }
}

function errorClass(text: string | undefined): 'permanent' | 'bug' | undefined {
  if (text === undefined || text === 'permanent' || text === 'bug') return text;
  return refuse('--class must be permanent or bug.');
}

function instant(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const isInstant = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const found = new Date(text);
  if (!isInstant || Number.isNaN(found.getTime())) {
    refuse(`--${name} must be a date (2026-03-01, in UTC) or an instant with its zone (2026-03-01T12:00:00Z).`);
  }
  return found;
}

function refuse(reason: string): never {
  throw new UsageError(`${reason}\n\n${help}`);
}
