import { createHash, type JsonWebKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type CertificateRow, retryCertificate } from '@laurel/certificates';
import type { CertificateRequested } from '@laurel/contracts';
import { credentialOfPdf, verifyCredential } from '@laurel/credentials';
import { Outbox } from '@laurel/messaging';
import { compactVerify, importJWK } from 'jose';
import { v7 } from 'uuid';
import { describe, expect, inject, test } from 'vitest';
import { GeneratorStage } from './generator-stage.spec.ts';

type Request = CertificateRequested['data'];
type IssuerKey = { kid: string; purpose: 'jwt' | 'integrity'; public_jwk: JsonWebKey };
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** Passes every check and loads in no browser: XML 1.1 has more line ends than browsers know. */
const unloadable =
  '<?xml version="1.1"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 842 595"><text\u0085y="40">A</text></svg>';

/** Every row is issued once, is said once, and its object has the hash that stands in the row and in the event. */
async function expectEachOnce(stage: GeneratorStage, count: number): Promise<CertificateRow[]> {
  const issued = await stage.said('certificate.issued', count);
  const all = (await stage.rows()).filter(({ state }) => state !== 'failed');
  expect(all).toHaveLength(count);
  expect(issued.map(({ data }) => String(data.certificateId)).sort()).toEqual(all.map(({ id }) => id).sort());
  const hashes = new Map(issued.map(({ data }) => [data.certificateId, data.hashes.pdf]));
  for (const row of all) {
    expect(row.state).toBe('issued');
    expect(sha256(readFileSync(stage.objectFile(row.pdf_object ?? '')))).toBe(row.pdf_sha256);
    expect(hashes.get(row.id)).toBe(row.pdf_sha256);
  }
  return all;
}

describe('one process', () => {
  test('the path, the lanes and the failures', { timeout: 180_000 }, async () => {
    const stage = await GeneratorStage.open(inject('stack'));
    try {
      await (await stage.start()).isReady();
      const names = [`Zoë "O'Neil" <b>&amp;</b> \\u0041`, 'محمد بن عبد الله (Jr.)', 'ŵ'.repeat(40), `क्षत्रिय ${'👩‍👩‍👧'}`];
      const nasty = names.map((name, index) =>
        stage.request(`nasty-${index}`, { recipient: { learnerId: `nasty-${index}`, name } }),
      );
      const same = stage.request('same');
      const neighbours = Array.from({ length: 24 }, (_, at) => stage.request(`neighbour-${at}`));
      await Promise.all([
        stage.send([
          ...nasty,
          ...neighbours,
          stage.request('missing', { template: { id: 'gone', version: 1, sha256: 'a'.repeat(64) } }),
          stage.request('unloadable', { template: stage.keep(Buffer.from(unloadable)) }),
          stage.request('orphan', { issuerId: v7() }),
          stage.request('absurd', { issue: { kind: 'replace', certificateId: v7() } }),
          stage.request('wide', { recipient: { learnerId: 'wide', name: 'W'.repeat(200) } }),
          ...Array<Request>(10).fill(same),
        ]),
        stage.send(Array<Request>(10).fill(same), 'certificate.requested.bulk'),
      ]);
      await stage.settled();
      const all = new Map((await stage.rows()).map((row) => [row.recipient_learner_id, row]));
      const failed = await stage.said('certificate.failed', 4);
      expect(
        failed
          .map(({ data }) => [all.get(data.occasion.learnerId)?.id === data.certificateId, String(data.failure.type)])
          .sort(),
      ).toEqual([
        [true, 'does-not-fit'],
        [true, 'issuer-unknown'],
        [true, 'template-missing'],
        [true, 'template-unprintable'],
      ]);
      const issued = await stage.said('certificate.issued', 29);
      expect(issued.map(({ data }) => String(data.occasion.learnerId)).sort()).toEqual([
        ...['nasty-0', 'nasty-1', 'nasty-2', 'nasty-3'],
        ...neighbours.map(({ recipient }) => recipient.learnerId).sort(),
        'same',
      ]);
      expect(all.size).toBe(33);

      const keys = await stage.query<IssuerKey>('SELECT kid, purpose, public_jwk FROM issuer_key ORDER BY purpose');
      expect(keys.map(({ purpose }) => purpose)).toEqual(['integrity', 'jwt']);
      const [integrity, key] = keys;
      expect(key?.kid.startsWith(`${stage.did}#`)).toBe(true);
      expect(integrity?.kid).toBe(`${stage.did}#di-1`);
      const find = async (kid: string) => {
        const found = keys.find((one) => one.kid === kid);
        return found && { publicJwk: found.public_jwk, purpose: found.purpose };
      };
      for (const { recipient } of nasty) {
        const row = all.get(recipient.learnerId);
        const jwk = await importJWK(key?.public_jwk ?? {}, 'ES256');
        const { payload, protectedHeader } = await compactVerify(row?.credential ?? '', jwk);
        expect(protectedHeader).toEqual({ alg: 'ES256', kid: key?.kid, typ: 'JWT' });
        const list = `https://certificates.example/status/${row?.status_list}`;
        expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({
          id: `https://certificates.example/v/${row?.public_id}`,
          image: { id: `https://certificates.example/v/${row?.public_id}.png` },
          credentialStatus: { statusListCredential: list, statusListIndex: String(row?.status_index) },
          proof: [{ cryptosuite: 'eddsa-rdfc-2022', verificationMethod: integrity?.kid }],
          iss: stage.did,
          issuer: { name: 'Acme & Söhne' },
          credentialSubject: {
            identifier: [{ identityHash: recipient.name, identityType: 'name' }],
            licenseNumber: row?.number,
            activityEndDate: '2026-02-28T20:00:00Z',
            result: [{ value: 'Rust' }, { value: '87.5' }],
          },
        });
        // Both proofs; and the very token lies in the document that people get.
        expect(await verifyCredential(row?.credential ?? '', find)).toMatchObject({ ok: true, kid: key?.kid });
        const pdf = readFileSync(stage.objectFile(row?.pdf_object ?? ''));
        expect(credentialOfPdf(pdf)).toEqual({ ok: true, credential: row?.credential });
      }
      const places = [...all.values()].flatMap(({ status_list, status_index }) => (status_list ? [status_index] : []));
      // All but the one whose issuer nobody knows.
      expect(new Set(places).size).toBe(32);

      const event = issued.find(({ data }) => data.occasion.learnerId === 'same');
      const row = all.get('same');
      const verify = `https://certificates.example/v/${row?.public_id}`;
      expect(event?.data).toEqual({
        ...{ certificateId: row?.id, number: row?.number, state: 'issued', requestId: same.requestId, issueNumber: 1 },
        ...{ credentialType: same.credentialType, occasion: same.occasion, award: same.award },
        recipient: { learnerId: 'same', name: 'Learner same' },
        ...{ issuerId: same.issuerId, issuedAt: row?.allocated_at.toISOString() },
        links: { verify, pdf: `${verify}.pdf`, credential: `${verify}.jwt` },
        hashes: { pdf: row?.pdf_sha256, credential: sha256(row?.credential ?? '') },
      });
      expect(row?.number).toMatch(/^DEMO-\d{4}-\d{6}$/);
      expect(event?.headers).toMatchObject({ ce_sequence: '2', ce_correlationid: 'correlation-same' });
      const pdf = readFileSync(stage.objectFile(row?.pdf_object ?? ''));
      expect([pdf.subarray(0, 5).toString(), sha256(pdf)]).toEqual(['%PDF-', row?.pdf_sha256]);
      // The signed credential travels inside.
      expect([pdf.includes('/AFRelationship'), pdf.includes('credential.jwt')]).toEqual([true, true]);

      await stage.send([stage.request('same', { issue: { kind: 'replace', certificateId: row?.id ?? '' } })]);
      const [superseded] = await stage.said('certificate.changed', 1);
      expect(superseded?.data).toMatchObject({ certificateId: row?.id, state: 'superseded' });
      expect(superseded?.headers).toMatchObject({ ce_sequence: '3', ce_type: 'certificate.superseded.v1' });
      await stage.settled();
      const versions = (await stage.rows('issue_number')).filter(({ recipient_learner_id: id }) => id === 'same');
      expect(versions.map(({ state }) => state)).toEqual(['superseded', 'issued']);
      // The refused replacement is in the dead letters, and nothing else.
      const letters = await stage.said('certificate-generator.certificate.requested.dlq', 1);
      expect(letters.map(({ headers }) => headers['laurel_reason'])).toEqual([
        'issue.certificateId: there is no such certificate',
      ]);
    } finally {
      await stage.close();
    }
  });
});

describe('one process under load', () => {
  test(
    'its browser is killed, then hangs; two records fail among the others, and one is retried',
    { timeout: 240_000 },
    async () => {
      const stage = await GeneratorStage.open(inject('stack'));
      const issued = async () => (await stage.rows()).filter(({ state }) => state === 'issued').length;
      try {
        const generator = await stage.start();
        await generator.isReady();
        const named = (learner: string, name: string) =>
          stage.request(learner, { recipient: { learnerId: learner, name } });
        const good = (from: number, to: number) =>
          Array.from({ length: to - from }, (_, at) => stage.request(`good-${from + at}`));
        const [wide, unseen] = [named('wide', 'W'.repeat(200)), named('unseen', '\u200b\u200d')];
        await stage.send([...good(0, 300), wide, unseen, ...good(300, 500)], 'certificate.requested.bulk');
        // In the middle: some are issued, and runs print.
        await stage.patiently('the first to be issued', issued, (count) => count > 0);
        const [first] = stage.browsersOf(generator);
        if (first === undefined) throw new Error('The generator has no browser');
        process.kill(-first, 'SIGKILL');
        const killedAt = await issued();
        const look = async () => stage.browsersOf(generator).find((pid) => pid !== first) ?? 0;
        const second = await stage.patiently('another browser', look, (pid) => pid > 0);
        await stage.patiently('more to be issued', issued, (count) => count > killedAt);
        process.kill(-second, 'SIGSTOP');
        expect(await issued()).toBeLessThan(500);
        await stage.patiently('all to be issued by a third one', issued, (count) => count === 500);
        await stage.settled();
        const rows = new Map((await stage.rows()).map((row) => [row.recipient_learner_id, row]));
        const told = (await stage.said('certificate.failed', 2)).map(({ data }) => [
          String(data.certificateId),
          String(data.failure.type),
        ]);
        expect(told.sort()).toEqual(
          [
            [rows.get('wide')?.id, 'does-not-fit'],
            [rows.get('unseen')?.id, 'name-missing'],
          ].sort(),
        );

        const failed = rows.get('wide') as CertificateRow;
        // By the registry's outbox: the relay of any process sends it.
        const outbox = new Outbox('certificate-registry', () => undefined);
        await stage.inTransaction((transaction) =>
          retryCertificate(transaction, outbox, {
            ...{ tenantId: GeneratorStage.tenantId, certificateId: failed.id, actor: 'operator' },
            corrections: { recipientName: 'Wanda' },
          }),
        );
        await stage.patiently('the retried one', issued, (count) => count === 501);
        const retried = (await stage.rows()).find(({ id }) => id === failed.id);
        expect(retried).toMatchObject({
          number: failed.number,
          recipient_name: 'Wanda',
          version: 4,
          failure_type: null,
        });
        await expectEachOnce(stage, 501);
      } finally {
        await stage.close();
      }
    },
  );
});

describe('two processes', () => {
  const learners = Array.from({ length: 200 }, (_, index) => `L-${index}`);

  test(
    'one is killed between allocate and issue: the same ids and numbers, each once',
    { timeout: 180_000 },
    async () => {
      const stage = await GeneratorStage.open(inject('stack'));
      try {
        await stage.send(learners.map((learner) => stage.request(learner)));
        const victim = await stage.start('generator.after-make=kill@2');
        expect(await victim.process.end(90_000)).toBe('SIGKILL');
        const before = (await stage.rows()).map(({ id, number, public_id }) => ({ id, number, public_id }));
        expect(before.length).toBeGreaterThan(0);
        const others = await Promise.all([stage.start(), stage.start()]);
        await Promise.all(others.map(({ isReady }) => isReady()));
        await stage.settled();
        const after = await expectEachOnce(stage, learners.length);
        const kept = new Map(after.map((row) => [row.id, row]));
        for (const { id, number, public_id } of before) expect(kept.get(id)).toMatchObject({ number, public_id });
        expect(new Set(after.map(({ number }) => number)).size).toBe(learners.length);
      } finally {
        await stage.close();
      }
    },
  );

  test('one stands still in make past its session and goes on: each once, one hash', { timeout: 180_000 }, async () => {
    const stage = await GeneratorStage.open(inject('stack'));
    const areIssued = (rows: CertificateRow[]) => rows.length === 60 && rows.every(({ state }) => state === 'issued');
    try {
      const sleeper = await stage.start('generator.after-make=stop');
      await sleeper.isReady();
      await stage.send(learners.slice(0, 60).map((learner) => stage.request(learner)));
      await sleeper.process.stopped(60_000);
      // It has made certificates, and nobody can see them.
      const [made] = await stage.rows();
      const day = dirname(
        stage.objectFile(`certificates/demo/${made?.allocated_at.toISOString().slice(0, 10)}/any.pdf`),
      );
      expect(readdirSync(day).length).toBeGreaterThan(0);
      expect(made).toMatchObject({ state: 'allocated', pdf_sha256: null });
      const other = await stage.start();
      await other.isReady();
      const first = await stage.patiently('the other to have issued all', () => stage.rows(), areIssued);
      sleeper.process.signal('SIGCONT');
      await sleeper.isReady();
      await stage.send([stage.request('late')]);
      await stage.settled();
      const hashes = new Map(first.map(({ id, pdf_sha256 }) => [id, pdf_sha256]));
      for (const { id, pdf_sha256 } of await expectEachOnce(stage, 61)) {
        expect(pdf_sha256).toBe(hashes.get(id) ?? pdf_sha256);
      }
    } finally {
      await stage.close();
    }
  });
});
