import type { TemplateFinding } from './template-finding.ts';
import { templateRefused } from './template-refused.ts';

/**
 * The text of an uploaded design, without a byte order mark.
 *
 * @throws {Problem} 422 that names the first place that is no UTF-8 (RFC 3629)
 */
export function designText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw templateRefused([notUtf8(bytes)]);
  }
}

function notUtf8(bytes: Buffer): TemplateFinding {
  const wide = bytes.length > 1 && ['fffe', 'feff'].includes(bytes.subarray(0, 2).toString('hex'));
  const before = beforeFault(bytes);
  const lines = before.split('\n');
  return {
    line: lines.length,
    column: (lines.at(-1) ?? '').length + 1,
    rule: 'encoding',
    level: 'error',
    reason: wide ? 'The file is UTF-16.' : 'Here is a byte that is no UTF-8.',
    advice: 'Save the file as UTF-8 and upload it again.',
  };
}

/** What stands before the first fault: a decoder that does not mind puts U+FFFD there, which the file may also hold rightly. */
function beforeFault(bytes: Buffer): string {
  let [low, high] = [0, bytes.length];
  // The longest beginning that is sound; one that ends within a character is sound too.
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSoundBeginning(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return new TextDecoder().decode(bytes.subarray(0, low), { stream: true });
}

function isSoundBeginning(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return false;
  }
}
