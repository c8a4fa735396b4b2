import type { JsonWebKey } from 'node:crypto';
import type { CertificateRow } from '@laurel/certificates';
import { ownContext, type OwnTerms, verifyCredential } from '@laurel/credentials';
import { expect, inject, test } from 'vitest';
import { GeneratorStage } from '../failure-table/generator-stage.spec.ts';

test(
  'terms of a type’s own stand in its certificates, signed; what cannot be one fails the certificate',
  { timeout: 180_000 },
  async () => {
    const stage = await GeneratorStage.open(inject('stack'));
    try {
      await (await stage.start()).isReady();
      const claims = { courseTitle: 'Rust', completedAt: '2026-02-28T20:00:00Z', score: 87.5, grade: 'A' };
      const named = (learner: string, terms: string[] | undefined, given: object = claims) =>
        stage.request(learner, {
          credentialType: { id: 'graded / course', version: 3, ...(terms && { terms }) },
          claims: { ...given },
        });
      const both = ['grade', 'score', 'completedAt'];
      await stage.send([
        // Made by the library, then compiled, then filled.
        ...['a', 'b', 'c'].map((learner) => named(learner, both)),
        named('some', both, { courseTitle: 'Rust', grade: 'B' }),
        named('none', both, { courseTitle: 'Rust' }),
        named('standard', undefined),
        named('taken', ['name'], { ...claims, name: 'Rust' }),
      ]);
      await stage.settled();
      const rows = new Map((await stage.rows()).map((row) => [row.recipient_learner_id, row]));
      const terms: OwnTerms = {
        ...{ publicUrl: 'https://certificates.example', tenantId: GeneratorStage.tenantId },
        ...{ typeId: 'graded / course', version: 3, names: both },
      };
      const { address } = ownContext(terms);
      const keys = await stage.query<{ kid: string; publicJwk: JsonWebKey }>(
        'SELECT kid, public_jwk AS "publicJwk" FROM issuer_key',
      );
      const verify = (learner: string) =>
        verifyCredential(rows.get(learner)?.credential ?? '', async (kid) => keys.find((key) => key.kid === kid), {
          findTerms: async (asked) => (asked === address ? terms : undefined),
        });
      const toldOf = (learner: string) => told(rows.get(learner));
      for (const learner of ['a', 'b', 'c']) {
        const { '@context': contexts, credentialSubject } = toldOf(learner);
        expect([contexts.length, contexts.at(-1)]).toEqual([4, address]);
        // Both proofs: the token is signed around the other one.
        expect(await verify(learner)).toMatchObject({ ok: true });
        expect(credentialSubject).toMatchObject({
          ...{ grade: 'A', score: '87.5', completedAt: claims.completedAt, activityEndDate: claims.completedAt },
          result: [{ value: 'Rust' }, { value: '87.5' }, { value: 'A' }],
        });
      }
      expect(toldOf('some').credentialSubject).toMatchObject({ grade: 'B' });
      expect(toldOf('some').credentialSubject).not.toHaveProperty('score');
      for (const learner of ['none', 'standard']) {
        expect(toldOf(learner)['@context']).toHaveLength(3);
        expect(toldOf(learner).credentialSubject).not.toHaveProperty('grade');
      }
      expect(rows.get('taken')).toMatchObject({
        ...{ state: 'failed', failure_type: 'credential-refused' },
        failure_reason: expect.stringContaining('own.terms.names: name has a meaning in VC 2.0') as string,
      });
    } finally {
      await stage.close();
    }
  },
);

interface Told {
  readonly '@context': readonly string[];
  readonly credentialSubject: object;
}

function told(row: CertificateRow | undefined): Told {
  expect(row?.state).toBe('issued');
  return JSON.parse(Buffer.from(row?.credential?.split('.')[1] ?? '', 'base64url').toString()) as Told;
}
