import 'reflect-metadata';
import { runService } from '@laurel/service-kit';
import { AppModule } from './app.module.ts';
import { settings } from './config.ts';
import { migrations } from './migrations/index.ts';

await runService({
  name: 'certificate-registry',
  settings,
  database: { migrations },
  module: AppModule,
  publicLimits: ({ PUBLIC_READS_PER_MINUTE, PUBLIC_CHECKS_PER_MINUTE }) => ({
    readsPerMinute: PUBLIC_READS_PER_MINUTE,
    postsPerMinute: PUBLIC_CHECKS_PER_MINUTE,
  }),
});
