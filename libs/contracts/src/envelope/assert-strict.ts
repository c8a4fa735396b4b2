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
  if (!parsed.success) throw new ContractBroken(`${contract.type}: ${describeIssues(parsed.error)}`);
  const unknown = droppedMember(data, parsed.data, '');
  if (unknown) throw new ContractBroken(`${contract.type}: ${unknown} is not in the contract`);
}

/** The path of the first member that parsing dropped. Schemas of contracts are tolerant, so it drops the unknown. */
function droppedMember(given: unknown, kept: unknown, path: string): string | undefined {
  if (typeof given !== 'object' || given === null || given instanceof Date) return undefined;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const at = path ? `${path}.${name}` : name;
    if (typeof kept !== 'object' || kept === null || !(name in kept)) return at;
    const deeper = droppedMember(value, (kept as Record<string, unknown>)[name], at);
    if (deeper) return deeper;
  }
  return undefined;
}
