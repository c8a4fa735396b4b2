import { waitFor, watchMachine } from '@laurel/testing';
import { expect, inject, test } from 'vitest';
import { GeneratorStage } from '../failure-table/generator-stage.spec.ts';
import { type Edition, type Listed, StatusScene } from './status-scene.spec.ts';

test(
  'generators without lanes sign; one is killed in the middle of its transaction, and the other goes on',
  { timeout: 180_000 },
  async () => {
    const stage = await GeneratorStage.open(inject('stack'));
    try {
      const started = [await stage.start('', { LANES: 'none' }), await stage.start('', { LANES: 'none' })];
      await Promise.all(started.map(({ isReady }) => isReady()));
      let certificates: Listed[] = [];
      await stage.inTransaction(async (transaction) => {
        certificates = await StatusScene.issue(transaction, stage.issuerId, 5);
      });
      const edition = async () => {
        const [row] = await stage.query<Edition>('SELECT * FROM signed_status_list');
        if (!row) throw new Error('The list is not signed');
        return row;
      };
      const first = await stage.patiently('the first edition', edition, Boolean);
      expect(StatusScene.setOf(first)).toEqual([]);

      // Whoever signs next stands still with the changes taken and the edition not written.
      const gate = Promise.withResolvers<void>();
      const isShut = Promise.withResolvers<void>();
      const shut = stage.inTransaction(async (transaction) => {
        await transaction.query('LOCK TABLE signed_status_list IN SHARE MODE');
        isShut.resolve();
        await gate.promise;
      });
      await isShut.promise;
      const revoked = certificates.slice(0, 2);
      await stage.inTransaction((transaction) => StatusScene.flip(transaction, revoked));
      const signing = () =>
        stage.query<{ application_name: string }>(
          `SELECT application_name FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
           AND query LIKE 'INSERT INTO signed_status_list%'`,
        );
      const [holder] = await waitFor('a signer in its transaction', signing, ({ length }) => length === 1);
      const victim = started.find(
        ({ process: { pid } }) => holder?.application_name === `certificate-generator ${pid}`,
      );
      expect(victim).toBeDefined();
      victim?.process.signal('SIGKILL');
      expect(await victim?.process.end()).toBe('SIGKILL');
      gate.resolve();
      await shut;
      const [committed, limitOf] = [Date.now(), watchMachine()];

      const next = await waitFor('the other one to sign', edition, ({ token }) => token !== first.token);
      expect((Date.now() - committed) / 1_000).toBeLessThan(limitOf(5));
      expect(StatusScene.setOf(next)).toEqual(revoked.map(({ index }) => index).sort((a, b) => a - b));
      expect(next.valid_from.getTime()).toBeGreaterThan(first.valid_from.getTime());
      expect(await stage.query('SELECT * FROM status_list_change')).toEqual([]);

      // Its age is told where operators look.
      const survivor = started.find((one) => one !== victim);
      const told = await (await fetch(`${survivor?.url}/metrics`)).text();
      expect(told).toMatch(/^laurel_status_change_oldest_seconds \d/m);
      expect(told).toMatch(/^laurel_status_lists_signed_total [1-9]/m);
    } finally {
      await stage.close();
    }
  },
);
