import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildCredential } from './build-credential.ts';
import type { CredentialInput } from './credential-input.ts';
import { CredentialRefused } from './credential-refused.ts';

const input: CredentialInput = {
  id: 'https://certificates.example/v/7Jq2',
  issuer: { did: 'did:web:certificates.example:issuers:1', name: 'Acme Academy', url: 'https://academy.example' },
  validFrom: new Date('2026-03-01T12:00:02.345Z'),
  validUntil: new Date('2027-03-01T00:00:00Z'),
  recipient: {
    id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
    name: 'आशा',
    email: { address: 'asha@example.org', salt: 'pepper' },
  },
  achievement: {
    id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a',
    type: 'Course',
    name: 'Rust',
    description: 'Completed the course Rust.',
    criteria: 'Complete the course with a score of at least 60.',
  },
  number: 'ACME-2026-000001',
  achievedOn: new Date('2026-02-28T18:00:00+05:30'),
  results: [{ name: 'score', type: 'Percent', value: '87.5' }],
};

describe('a credential', () => {
  test('is a VC 2.0 and an Open Badges 3.0.3 credential, with standard terms only', () => {
    const credential = buildCredential(input);
    const [description] = credential.credentialSubject.achievement.resultDescription ?? [];
    expect(credential).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      ],
      id: 'https://certificates.example/v/7Jq2',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Rust',
      description: 'Completed the course Rust.',
      issuer: {
        id: 'did:web:certificates.example:issuers:1',
        type: ['Profile'],
        name: 'Acme Academy',
        url: 'https://academy.example',
      },
      validFrom: '2026-03-01T12:00:02Z',
      validUntil: '2027-03-01T00:00:00Z',
      credentialSubject: {
        id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c09',
        type: ['AchievementSubject'],
        identifier: [
          { type: 'IdentityObject', hashed: false, identityHash: 'आशा', identityType: 'name' },
          {
            type: 'IdentityObject',
            hashed: true,
            identityHash: `sha256$${createHash('sha256').update('asha@example.orgpepper').digest('hex')}`,
            identityType: 'emailAddress',
            salt: 'pepper',
          },
        ],
        licenseNumber: 'ACME-2026-000001',
        activityEndDate: '2026-02-28T12:30:00Z',
        achievement: {
          id: 'urn:uuid:0199d7a0-5e3a-5c11-8a53-1f6f0e0d1c0a',
          type: ['Achievement'],
          achievementType: 'Course',
          name: 'Rust',
          description: 'Completed the course Rust.',
          criteria: { narrative: 'Complete the course with a score of at least 60.' },
          resultDescription: [
            {
              ...{ id: description?.id, type: ['ResultDescription'], name: 'score', resultType: 'Percent' },
              ...{ valueMin: '0', valueMax: '100' },
            },
          ],
        },
        result: [{ type: ['Result'], resultDescription: description?.id, value: '87.5' }],
      },
      credentialSchema: [
        {
          id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
          type: '1EdTechJsonSchemaValidator2019',
        },
      ],
    });
    expect(description?.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  });

  test('holds what readers show beside, where it is given', () => {
    const list = 'https://certificates.example/status/0199d7a0-5e3a-7c11-8a53-1f6f0e0d1c0b';
    const credential = buildCredential({
      ...input,
      issuer: { ...input.issuer, image: 'https://academy.example/logo.png' },
      image: 'https://certificates.example/v/7Jq2.png',
      achievement: {
        ...input.achievement,
        criteriaUrl: 'https://academy.example/rust/criteria',
        image: 'https://academy.example/rust.png',
        humanCode: 'RUST-101',
        inLanguage: 'pt-BR',
        tags: ['rust', 'systems', 'rust'],
        alignments: [{ name: 'Systems', url: 'https://skills.example/1', code: 'S-1', framework: 'Skills' }],
      },
      evidence: [{ url: 'https://git.example/asha/project', name: 'Final project', description: 'A kernel.' }],
      status: { list, index: 77_123 },
    });
    expect(credential).toMatchObject({
      image: { id: 'https://certificates.example/v/7Jq2.png', type: 'Image' },
      issuer: { image: { id: 'https://academy.example/logo.png', type: 'Image' } },
      evidence: [
        {
          id: 'https://git.example/asha/project',
          type: ['Evidence'],
          name: 'Final project',
          description: 'A kernel.',
        },
      ],
      credentialSubject: {
        achievement: {
          image: { id: 'https://academy.example/rust.png', type: 'Image' },
          criteria: { id: 'https://academy.example/rust/criteria' },
          humanCode: 'RUST-101',
          inLanguage: 'pt-BR',
          tag: ['rust', 'systems'],
          alignment: [
            {
              ...{ type: ['Alignment'], targetName: 'Systems', targetUrl: 'https://skills.example/1' },
              ...{ targetCode: 'S-1', targetFramework: 'Skills' },
            },
          ],
        },
      },
      credentialStatus: {
        id: `${list}#77123`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '77123',
        statusListCredential: list,
      },
    });
  });

  test('has spaces for control characters, but keeps its lines', () => {
    const { description } = buildCredential({
      ...input,
      achievement: { ...input.achievement, description: 'a\tb\u0001c\u007fd\ne\r\nf' },
    });
    expect(description).toBe('a b c d\ne\r\nf');
  });

  test('never holds an e-mail address', () => {
    expect(JSON.stringify(buildCredential(input))).not.toContain('asha@');
  });

  test('holds a name exactly as it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), (name) => {
        const { credentialSubject } = buildCredential({ ...input, recipient: { name } });
        const [identifier] = credentialSubject.identifier;
        expect(identifier?.identityHash).toBe(name);
      }),
    );
  });

  test.each([
    ['Course', 'Course'],
    ['ext:Vaccination', 'ext:Vaccination'],
    ['First aid', 'ext:First-aid'],
  ])('of the achievement type %s has the type %s', (type, expected) => {
    const credential = buildCredential({ ...input, achievement: { ...input.achievement, type } });
    expect(credential.credentialSubject.achievement.achievementType).toBe(expected);
  });

  test.each<[string, Partial<CredentialInput>]>([
    ['half a surrogate pair', { recipient: { name: 'x\ud800' } }],
    ['half a surrogate pair', { results: [{ name: 'note', type: 'Result', value: '\udc00' }] }],
    ['id must be an absolute URI', { id: '_:b7' }],
    ['issuer.url must be an absolute URI', { issuer: { ...input.issuer, url: 'javascript:alert(1)' } }],
    ['achievement.id must be an absolute URI', { achievement: { ...input.achievement, id: 'urn:x y' } }],
    ['validUntil lies before validFrom', { validUntil: new Date('2025-01-01T00:00:00Z') }],
    ['validFrom is no instant', { validFrom: new Date('never') }],
    ['recipient.name is empty', { recipient: { name: '' } }],
    ['is the id of two different things', { recipient: { name: 'A', id: input.achievement.id } }],
    [
      'is the id of two different things',
      {
        results: [
          { name: 'score', type: 'Percent', value: '1' },
          { name: 'score', type: 'Result', value: '2' },
        ],
      },
    ],
    ['status.index is no place', { status: { list: 'https://x.example/status/1', index: -1 } }],
    ['evidence.url must be an absolute URI', { evidence: [{ url: 'project.zip' }] }],
  ])('is refused: %s', (problem, change) => {
    const build = () => buildCredential({ ...input, ...change });
    expect(build).toThrow(CredentialRefused);
    expect(build).toThrow(problem);
  });
});
