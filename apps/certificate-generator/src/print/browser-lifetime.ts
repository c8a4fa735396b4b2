import type { Renderer } from '@laurel/rendering';
import { ServiceHealth } from '@laurel/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PRINTER } from './printer.token.ts';

/** The browser as a part of the service: health names it while it is away, and it ends after the consumers have ended. */
@Injectable()
export class BrowserLifetime implements OnModuleDestroy {
  constructor(
    @Inject(PRINTER) private readonly renderer: Renderer,
    health: ServiceHealth,
  ) {
    health.watch('browser', () => (renderer.healthy ? undefined : 'a browser that starts'));
  }

  async onModuleDestroy(): Promise<void> {
    await this.renderer.close();
  }
}
