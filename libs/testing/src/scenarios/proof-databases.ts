import { ServiceDatabases } from './service-databases.ts';

/** The proof services whose databases a scenario needs. */
export type ProofApp = 'proof-recorder' | 'proof-counter';

export type ProofDatabases = ServiceDatabases<ProofApp>;

/** Migrated databases of the two proof services, to be copied for each scenario. */
export function proofDatabases(postgresUrl: string): Promise<ProofDatabases> {
  return ServiceDatabases.prepare<ProofApp>(postgresUrl, ['proof-recorder', 'proof-counter']);
}
