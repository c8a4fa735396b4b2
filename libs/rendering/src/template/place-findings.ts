import { isHarmful } from './is-harmful.ts';
import type { Finding } from './markup.ts';
import type { TemplateFinding } from './template-finding.ts';

const MOST = 100;

/** Gives findings their lines and columns, in the order of the file. Of very many the weighty ones stay: nothing harmless may push out what is not. */
export function placeFindings(source: string, findings: readonly Finding[]): TemplateFinding[] {
  const weight = ({ rule, level }: Finding) => (level === 'advice' ? 2 : isHarmful(rule) ? 0 : 1);
  const kept =
    findings.length <= MOST
      ? [...findings]
      : [...findings].sort((a, b) => weight(a) - weight(b) || a.at - b.at).slice(0, MOST);
  const placeOf = places(source);
  return kept
    .sort((a, b) => a.at - b.at)
    .map(({ at, level, rule, reason, advice }) => ({ ...placeOf(at), rule, level: level ?? 'error', reason, advice }));
}

function places(source: string): (at: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return (at) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] ?? 0) + 1 };
  };
}
