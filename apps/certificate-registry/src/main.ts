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
});
