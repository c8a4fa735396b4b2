import 'reflect-metadata';
import { runService } from '@laurel/service-kit';
import { AppModule } from './app.module.ts';
import { settings } from './config.ts';
import { migrations } from './migrations/index.ts';

await runService({
  name: 'certificate-generator',
  settings,
  database: { migrations },
  module: AppModule,
  leaves: ({ LANES }) => [
    ...(LANES.includes('interactive') ? [] : (['certificate.requested'] as const)),
    ...(LANES.includes('bulk') ? [] : (['certificate.requested.bulk'] as const)),
  ],
  // A template comes with its pictures inside.
  http: { bodyLimit: 8_388_608 },
});
