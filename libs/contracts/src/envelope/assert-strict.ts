import type { Contract } from '../catalogue/contract.ts';
import { describeIssues } from './describe-issues.ts';

/** The producer's side of a contract was broken: the code that made the event has to change. */
export class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
}

/**
 * Producers are strict: the data must fit its contract and have no member that the contract does not know.
 *
 * @throws {ContractBroken} with the path of what is wrong, never its value
 */
export function assertStrict(contract: Contract, data: unknown): void {
  const parsed = contract.data.safeParse(data);
  if (!parsed.success) throw new ContractBroken(`${contract.type}: ${describeIssues(parsed.error, contract.data)}`);
  const unknown = droppedMember(data, parsed.data, '');
  if (unknown) throw new ContractBroken(`${contract.type}: ${unknown} is not in the contract`);
}

/** The path of the first member that parsing dropped. Schemas of contracts are tolerant, so it drops the unknown. */
function droppedMember(given: unknown, kept: unknown, path: string): string | undefined {
  // What parsing handed through untouched (free JSON) has lost nothing, however large it is.
  if (given === kept || typeof given !== 'object' || given === null) return undefined;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const at = path ? `${path}.${name}` : name;
    // Own members only: every object has a `constructor` and a `__proto__` by inheritance.
    if (typeof kept !== 'object' || kept === null || !Object.hasOwn(kept, name)) return at;
    const deeper = droppedMember(value, (kept as Record<string, unknown>)[name], at);
    if (deeper) return deeper;
  }
  return undefined;
}
