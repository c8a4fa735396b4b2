import type { Contract } from './contract.ts';

/** Where a contract stands, for sentences that send a person there. */
export function contractFile(contract: Pick<Contract, 'fact'>): string {
  return `libs/contracts/src/events/${contract.fact.replaceAll('.', '-')}.contract.ts`;
}
