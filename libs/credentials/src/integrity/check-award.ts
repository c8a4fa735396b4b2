import { buildCredential } from '../credential/build-credential.ts';
import type { CredentialInput } from '../credential/credential-input.ts';
import { CredentialRefused } from '../credential/credential-refused.ts';
import { IntegrityRefused } from './integrity-refused.ts';
import { libraryForm } from './library-form.ts';
import { orderIsCertain } from './order-is-certain.ts';

/** What the certificates of an award will have in common. */
export interface CheckedAward {
  readonly achievement: CredentialInput['achievement'];
  /** The names of the claims that are signed. */
  readonly claims: readonly string[];
  /** Those of them that also stand under names of the type's own. */
  readonly terms?: readonly string[] | undefined;
}

const sample = 'https://certificates.example';

/**
 * Tells whether credentials of an award can be signed, before anybody is promised one: builds one with everything that a credential
 * can say and has the library read it as JSON-LD in safe mode, which signing itself leaves out.
 *
 * @returns what is wrong, in sentences; nothing where nothing is
 */
export async function checkAward({ achievement, claims, terms: names = [] }: CheckedAward): Promise<string[]> {
  // Whose they are says nothing of whether they can be read.
  const terms = { publicUrl: sample, tenantId: 'tenant', typeId: 'type', version: 1, names };
  try {
    const credential = buildCredential({
      id: `${sample}/v/1111111111111111111111`,
      issuer: {
        did: 'did:web:certificates.example:issuers:1',
        name: 'Issuer',
        url: sample,
        image: `${sample}/logo.png`,
      },
      validFrom: new Date(0),
      validUntil: new Date(1_000),
      recipient: { id: `${sample}/learner`, name: 'Learner', email: { address: 'learner@example.org', salt: 'salt' } },
      achievement,
      image: `${sample}/v/1111111111111111111111.png`,
      number: 'N-1',
      achievedOn: new Date(0),
      // One that stands as the end of the activity stands nowhere else.
      results: claims.filter((name) => name !== 'completedAt').map((name) => ({ name, type: 'Result', value: '1' })),
      own: { terms, values: Object.fromEntries(names.map((name) => [name, '1'])) },
      evidence: [{ url: `${sample}/evidence`, name: 'Evidence', description: 'Evidence' }],
      status: { list: `${sample}/status/1`, index: 1 },
    });
    if (!orderIsCertain(await libraryForm(credential, terms))) {
      return [
        'two texts of one list sort differently among verifiers: leave out their emoji, or write them as one text',
      ];
    }
    return [];
  } catch (error) {
    if (error instanceof CredentialRefused || error instanceof IntegrityRefused) return [error.message];
    // The library tells what no context defines by errors of its own.
    if (error instanceof Error && error.name.startsWith('jsonld.'))
      return [`no verifier could read it: ${error.message}`];
    throw error;
  }
}
