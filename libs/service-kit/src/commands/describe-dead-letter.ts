import { type HeaderValue, headerText } from '@laurel/contracts';
import type { DeadLetter } from '@laurel/messaging';

// Ours and those of CloudEvents hold no personal data; what a foreign producer adds may.
const ours = /^(laurel_|ce_|content-type$|tenantid$)/;

/** One dead letter for people. Key, value and foreign headers, which may hold personal data, only `withValue`. */
export function describeDeadLetter(letter: DeadLetter, withValue: boolean): string {
  const { record, original } = letter;
  const lines = [
    `group      ${letter.group}`,
    `offset     ${letter.offset}`,
    `tenant     ${letter.tenantId ?? '- (the record does not say)'}`,
    `class      ${letter.errorClass}, after ${letter.attempts} attempts`,
    `reason     ${letter.reason}`,
    `failed     ${letter.failedAt.toISOString()}`,
    `from       ${original.topic}, partition ${original.partition}, offset ${original.offset}`,
    `redriven   ${letter.redriven} times; ${letter.redrive} redrives had led to it`,
    'headers',
    ...Object.keys(record.headers).map((name) => `  ${name}: ${shown(name, record.headers[name], withValue)}`),
  ];
  if (!withValue)
    return [...lines, `value      ${record.value?.length ?? 0} bytes; --value shows it with the key`].join('\n');
  return [...lines, `key        ${String(record.key)}`, `value      ${String(record.value)}`].join('\n');
}

function shown(name: string, value: HeaderValue, withValue: boolean): string {
  return withValue || ours.test(name) ? (headerText(value) ?? '-') : 'a foreign header; --value shows it';
}
