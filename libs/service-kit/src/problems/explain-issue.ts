/** What of an issue of zod its words are made of. Other validators' issues have a message alone. */
export interface ExplainedIssue {
  readonly message: string;
  readonly code?: string | undefined;
  readonly expected?: unknown;
  readonly values?: readonly unknown[] | undefined;
  readonly options?: readonly unknown[] | undefined;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly inclusive?: unknown;
  readonly exact?: unknown;
  readonly format?: unknown;
  readonly pattern?: unknown;
  readonly prefix?: unknown;
  readonly suffix?: unknown;
  readonly includes?: unknown;
  readonly divisor?: unknown;
}

const types: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const formats: Readonly<Record<string, string>> = {
  uuid: 'a UUID such as 0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c06',
  email: 'an e-mail address such as asha@example.org',
  url: 'a URL such as https://example.org/',
  datetime: 'an instant such as 2026-03-01T12:00:00Z',
  date: 'a date such as 2026-03-01',
  time: 'a time such as 12:00:00',
  duration: 'a duration such as P2Y',
};

// The beginnings of zod's own sentences; what a schema says itself is better than anything that can be said here.
const isOfZod = /^(Invalid|Too big|Too small|Unrecognized)\b/;

/**
 * Says in our words what would be right, so that it reads on after the field's name: `must be a number, without quotes`.
 * Never quotes the value.
 *
 * @param isJson whether the value stands in JSON, where a number and its text differ
 */
export function explainIssue(issue: ExplainedIssue, isJson: boolean): string {
  if (!isOfZod.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type': {
      const type = String(issue.expected);
      const isBare = isJson && ['number', 'int', 'boolean'].includes(type);
      return `must be ${types[type] ?? type}${isBare ? ', without quotes' : ''}`;
    }
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_small':
      return least(issue);
    case 'too_big':
      return most(issue);
    case 'invalid_format':
      return format(issue);
    case 'not_multiple_of':
      return `must be a multiple of ${String(issue.divisor)}`;
    case 'unrecognized_keys':
      return 'has members that are not known';
    case 'invalid_key':
      return 'is no name that is allowed here';
    case 'invalid_union':
      return issue.options?.length ? oneOf(issue.options) : 'fits none of the forms that are allowed here';
    default:
      return 'is not what is allowed here';
  }
}

const oneOf = (values: readonly unknown[] = []) =>
  `must be ${values.length > 1 ? 'one of ' : ''}${values.map(String).join(', ')}`;

function least({ origin, minimum, inclusive, exact }: ExplainedIssue): string {
  const amount = amountOf(origin, minimum);
  if (amount === undefined) return `must be ${inclusive === false ? 'more than' : 'at least'} ${String(minimum)}`;
  if (exact === true) return `must have exactly ${amount}`;
  return Number(minimum) === 1 ? 'must not be empty' : `must have at least ${amount}`;
}

function most({ origin, maximum, inclusive, exact }: ExplainedIssue): string {
  const amount = amountOf(origin, maximum);
  if (amount === undefined) return `must be ${inclusive === false ? 'less than' : 'at most'} ${String(maximum)}`;
  return `must have ${exact === true ? 'exactly' : 'at most'} ${amount}`;
}

/** `3 characters`, `1 entry`; undefined for what is compared and not counted. */
function amountOf(origin: unknown, size: unknown): string | undefined {
  const isOne = Number(size) === 1;
  if (origin === 'string') return `${String(size)} character${isOne ? '' : 's'}`;
  if (origin === 'array' || origin === 'set' || origin === 'map')
    return `${String(size)} ${isOne ? 'entry' : 'entries'}`;
  return undefined;
}

function format({ format: name, pattern, prefix, suffix, includes }: ExplainedIssue): string {
  switch (name) {
    case 'regex':
      return `must match ${String(pattern)}`;
    case 'starts_with':
      return `must begin with ${String(prefix)}`;
    case 'ends_with':
      return `must end with ${String(suffix)}`;
    case 'includes':
      return `must contain ${String(includes)}`;
    default:
      return `must be ${formats[String(name)] ?? `of the format ${String(name)}`}`;
  }
}
