import { setTimeout as delay } from 'node:timers/promises';
import { LOGGER, type Logger } from '@laurel/service-kit';
import { type BeforeApplicationShutdown, Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TenantRepository } from '../tenants/tenant.repository.ts';
import { BuiltInAssets } from './built-in-assets.ts';
import { PublishBuiltIns } from './publish-built-ins.ts';

const tenantsAtOnce = 50;
const pauseMs = 5_000;

/** After an upgrade: brings what is newly built in to every tenant, behind the service's start, which waits for nothing of it. */
@Injectable()
export class PublishNewBuiltIns implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly builtIns: BuiltInAssets,
    private readonly tenants: TenantRepository,
    private readonly publishBuiltIns: PublishBuiltIns,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (let after: string | undefined = ''; after !== undefined && !signal.aborted;) {
      try {
        after = await this.runNext(after);
      } catch (error) {
        this.logger.error({ err: error }, 'built-in assets could not be published to all tenants; it is tried again');
        // Rejects when the service stops, which is all that ends this.
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** @returns the last tenant, or undefined after the last ones */
  private async runNext(after: string): Promise<string | undefined> {
    const tenantIds = await this.tenants.nextLacking(this.builtIns.digest, after, tenantsAtOnce);
    await this.publishBuiltIns.run(tenantIds, async () => this.stopping.signal.throwIfAborted());
    return tenantIds.at(-1);
  }
}
