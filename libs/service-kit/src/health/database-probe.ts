import { hasPendingMigrations } from '@laurel/persistence';
import type { DataSource } from 'typeorm';
import type { PartReport } from './health-report.ts';

const patience = 2_000;
const fresh = 250;

/**
 * Whether the database answers and has every migration of this build. Probes that come together share one question, and an
 * answer holds for a quarter of a second, so that a public route cannot be made a load.
 */
export class DatabaseProbe {
  private report: PartReport = {
    name: 'database',
    state: 'waits',
    on: 'its first answer',
    since: new Date().toISOString(),
  };
  private askedAt = -Infinity;
  private asking: Promise<PartReport> | undefined;
  private isMigrated = false;

  constructor(private readonly dataSource: DataSource) {}

  ask(): Promise<PartReport> {
    if (performance.now() - this.askedAt < fresh) return Promise.resolve(this.report);
    this.asking ??= this.look().finally(() => (this.asking = undefined));
    return this.asking;
  }

  private async look(): Promise<PartReport> {
    const on = await this.trouble();
    const state = on === undefined ? 'works' : 'waits';
    if (state !== this.report.state || on !== this.report.on) {
      this.report = { name: 'database', state, since: new Date().toISOString(), ...(on === undefined ? {} : { on }) };
    }
    this.askedAt = performance.now();
    return this.report;
  }

  private async trouble(): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`an answer within ${patience / 1000} s`), patience);
    });
    const answer = this.query().catch(() => 'a connection');
    const trouble = await Promise.race([answer, late]);
    clearTimeout(timer);
    return trouble;
  }

  private async query(): Promise<string | undefined> {
    await this.dataSource.query('SELECT 1');
    // Migrations are only ever added, so one good answer holds for the life of the process.
    this.isMigrated ||= !(await hasPendingMigrations(this.dataSource));
    return this.isMigrated ? undefined : 'its migrations';
  }
}
