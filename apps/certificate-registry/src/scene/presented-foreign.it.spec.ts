import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ForeignIssuer } from './foreign-issuer.spec.ts';
import { ForeignScene } from './foreign-scene.spec.ts';

type Members = Record<string, unknown>;

let scene: ForeignScene;
beforeAll(async () => (scene = await ForeignScene.open(inject('stack'))));
afterAll(() => scene.stop());

const genuine = { verdict: 'valid', codes: ['no-status', 'signature-holds'] };

describe('a credential of an issuer elsewhere that is trusted', () => {
  it('is verified as a token by each algorithm, and as JSON with its proof inside', async () => {
    const issuer = scene.newIssuer();
    const badge = issuer.badge();
    const forms = [
      issuer.token(badge),
      issuer.token(badge, 'RS256'),
      issuer.token(badge, 'EdDSA'),
      issuer.token(badge, 'ES256', { kid: '#ES256' }),
      issuer.token(badge, 'ES256', { typ: 'vc+jwt', cty: 'vc', jwk: ForeignIssuer.jwk('RS256') }),
      issuer.token(await issuer.document(badge)),
      await issuer.document(badge),
      JSON.stringify(await issuer.document(badge)),
      await issuer.document(badge, `${issuer.did}#EdDSA`),
    ];
    for (const form of forms) {
      const found = await scene.present(form);
      expect(found).toMatchObject(genuine);
      expect(found.trust).toEqual({
        ...{ listed: true, name: 'Elsewhere College', list: `${scene.registry.url}/v1/trusted-issuers` },
      });
      expect(found.certificate).toEqual({
        recipient: { name: 'Ravi Rao' },
        achievement: { name: 'Go', description: 'Completed Go.', criteria: 'Complete it.' },
        issuer: { did: issuer.did, name: 'Elsewhere College' },
        validFrom: '2026-03-01T12:00:02.000Z',
        results: [{ name: 'score', type: 'Percent', value: '91' }],
      });
    }
  });

  it('may be of an issuer that is a key, or an address whose tokens name the address of a key', async () => {
    for (const kind of ['EdDSA', 'ES256'] as const) {
      const { issuer, kid } = ForeignIssuer.ofKey(kind);
      const token = issuer.token(issuer.badge(), kind, { kid });
      // It needs nobody to be asked, so it is told that the signature holds.
      expect(await scene.present(token)).toMatchObject({
        verdict: 'unknown-issuer',
        codes: ['issuer-not-trusted', 'signature-holds'],
        trust: { listed: false },
      });
      await scene.trust(issuer.did);
      expect(await scene.present(token)).toMatchObject(genuine);
      if (kind === 'EdDSA')
        expect(await scene.present(await issuer.document(issuer.badge(), kid))).toMatchObject(genuine);
    }
    const address = `https://${scene.issuers.place}/college`;
    const college = new ForeignIssuer(address);
    scene.issuers.serve('/keys/1', ForeignIssuer.jwk('RS256'));
    scene.issuers.serve('/keys.json', {
      keys: [
        { ...ForeignIssuer.jwk('ES256'), kid: 'one', use: 'sig' },
        { ...ForeignIssuer.jwk('EdDSA'), kid: `https://${scene.issuers.place}/keys.json#two` },
        { ...ForeignIssuer.jwk('RS256'), kid: 'three', use: 'enc' },
      ],
    });
    const by = (alg: 'ES256' | 'RS256' | 'EdDSA', path: string) =>
      scene.present(college.token(college.badge(), alg, { kid: `https://${scene.issuers.place}/${path}` }));
    expect(await by('RS256', 'keys/1')).toMatchObject(genuine);
    expect(await by('ES256', 'keys.json#one')).toMatchObject(genuine);
    expect(await by('EdDSA', 'keys.json#two')).toMatchObject(genuine);
    expect(await by('RS256', 'keys.json#three')).toMatchObject({ verdict: 'tampered', codes: ['key-not-authorised'] });
    expect(await by('RS256', 'keys.json#four')).toMatchObject({ verdict: 'unknown-issuer', codes: ['unknown-key'] });
    const elsewhere = college.token(college.badge(), 'RS256', { kid: `https://${scene.strangers.place}/keys/1` });
    expect(await scene.present(elsewhere)).toMatchObject({
      verdict: 'unknown-issuer',
      codes: ['issuer-not-supported'],
    });
    expect(scene.strangers.asked.size).toBe(0);
  });

  it('is told as far as it is understood when it is no Open Badge', async () => {
    const issuer = scene.newIssuer();
    const credential = {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://own.example/v1'],
      type: ['VerifiableCredential', 'LibraryCard'],
      issuer: issuer.did,
      validUntil: '2099-01-01T02:00:00+02:00',
      credentialSubject: { name: { '@value': 'Chloé', '@language': 'fr' }, shelf: 7 },
    };
    const claims = { jti: undefined, nbf: undefined, exp: Date.parse('2099-01-01T00:00:00Z') / 1_000 };
    expect(await scene.present(issuer.token(credential, 'ES256', {}, claims))).toMatchObject({
      ...genuine,
      certificate: {
        recipient: { name: 'Chloé' },
        achievement: { name: 'LibraryCard', description: '', criteria: '' },
        issuer: { did: issuer.did, name: '' },
        validUntil: '2099-01-01T00:00:00.000Z',
        results: [],
      },
    });
    // Of several subjects the proof does not cover the order.
    const two = { ...credential, credentialSubject: [{ name: 'A' }, { name: 'B' }] };
    const { certificate } = await scene.present(issuer.token(two, 'ES256', {}, claims));
    expect((certificate as unknown as { recipient: object }).recipient).toEqual({ name: '' });
  });

  it('holds within its dates', async () => {
    const issuer = scene.newIssuer();
    const token = (dates: Members) => issuer.token(issuer.badge(dates));
    expect(await scene.present(token({ validUntil: '2026-03-02T00:00:00Z' }))).toMatchObject({
      verdict: 'expired',
      codes: ['expired', 'signature-holds'],
    });
    expect(await scene.present(token({ validFrom: '2099-01-01T00:00:00Z' }))).toMatchObject({
      verdict: 'not-yet-valid',
      codes: ['not-yet-valid', 'signature-holds'],
    });
  });

  it.each<[string, string, string, (issuer: ForeignIssuer) => unknown]>([
    [
      'a changed value',
      'tampered',
      'signature-mismatch',
      (issuer) => {
        const [header, , signature] = issuer.token(issuer.badge()).split('.');
        const [, payload] = issuer.token(issuer.badge({ name: 'Rust' })).split('.');
        return `${header}.${payload}.${signature}`;
      },
    ],
    [
      'a changed value in JSON',
      'tampered',
      'signature-mismatch',
      async (issuer) => ({ ...(await issuer.document(issuer.badge())), name: 'Rust' }),
    ],
    [
      'the proof of another one',
      'tampered',
      'signature-mismatch',
      async (issuer) => ({
        ...issuer.badge(),
        proof: (await issuer.document(issuer.badge({ id: 'urn:x:2' })))['proof'],
      }),
    ],
    ['no signature (alg none)', 'unreadable', 'algorithm', (issuer) => issuer.token(issuer.badge(), 'none')],
    ['the public key as a secret', 'unreadable', 'algorithm', (issuer) => issuer.token(issuer.badge(), 'HS256')],
    [
      'the key of another algorithm',
      'tampered',
      'key-purpose',
      (issuer) => issuer.token(issuer.badge(), 'ES256', { kid: `${issuer.did}#di-1` }),
    ],
    [
      'a proof by a key of tokens',
      'tampered',
      'key-purpose',
      (issuer) => issuer.document(issuer.badge(), `${issuer.did}#ES256`),
    ],
    [
      'a key of nobody',
      'unknown-issuer',
      'unknown-key',
      (issuer) => issuer.token(issuer.badge(), 'ES256', { kid: `${issuer.did}#x` }),
    ],
    [
      'the key of another issuer',
      'tampered',
      'foreign-key',
      (issuer) => issuer.token(issuer.badge(), 'ES256', { kid: `${scene.newIssuer().did}#ES256` }),
    ],
    [
      'a key in its header and none named',
      'unreadable',
      'key-id',
      (issuer) => issuer.token(issuer.badge(), 'ES256', { kid: undefined, jwk: ForeignIssuer.jwk('ES256') }),
    ],
    [
      'the address of a key in its header',
      'unreadable',
      'header-member',
      (issuer) => issuer.token(issuer.badge(), 'ES256', { jku: `http://${scene.inside.place}/keys` }),
    ],
    [
      'another subject in its claims',
      'tampered',
      'claim-mismatch',
      (issuer) => issuer.token(issuer.badge(), 'ES256', {}, { sub: 'urn:x' }),
    ],
    [
      'an end in its claims alone',
      'tampered',
      'claim-mismatch',
      (issuer) => issuer.token(issuer.badge(), 'ES256', {}, { exp: 4_000_000_000 }),
    ],
    [
      'an audience',
      'unreadable',
      'audience',
      (issuer) => issuer.token(issuer.badge(), 'ES256', {}, { aud: 'https://wallet.example' }),
    ],
    [
      'a proof of another one inside',
      'tampered',
      'signature-mismatch',
      async (issuer) =>
        issuer.token({ ...issuer.badge(), proof: (await issuer.document(issuer.badge({ id: 'urn:x:2' })))['proof'] }),
    ],
    [
      'a context that is not on board',
      'unreadable',
      'unknown-context',
      async (issuer) => ({
        ...(await issuer.document(issuer.badge())),
        '@context': [...issuer.badge()['@context'], `http://${scene.inside.place}/context`],
      }),
    ],
    [
      'a context of older credentials',
      'unreadable',
      'not-a-credential',
      (issuer) => issuer.token(issuer.badge({ '@context': ['https://www.w3.org/2018/credentials/v1'] })),
    ],
  ])('is refused with %s: %s (%s)', async (_, verdict, code, made) => {
    const issuer = scene.newIssuer();
    // The control.
    expect(await scene.present(issuer.token(issuer.badge()))).toMatchObject(genuine);
    const found = await scene.present(await made(issuer));
    expect(found).toMatchObject({ verdict, codes: [code], trust: { listed: true } });
    expect(found.certificate).toBeUndefined();
    expect(scene.inside.asked.size).toBe(0);
  });
});
