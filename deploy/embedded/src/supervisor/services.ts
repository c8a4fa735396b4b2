import type { Service } from './service.ts';

/** What `npm start` runs, in the order of their ports. A new service is a line here and, with a database of its own, one in databases.ts. */
export const services: readonly Service[] = [
  { name: 'proof-recorder', database: 'proof_recorder', role: 'proof_recorder', migrates: true, counts: true },
  { name: 'proof-counter', database: 'proof_counter', role: 'proof_counter', migrates: true, counts: true },
];
