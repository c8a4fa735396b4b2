import type { Service } from './service.ts';

/** What `npm start` runs, in the order of their ports. A new service is a line here and, with a database of its own, one in databases.ts. */
export const services: readonly Service[] = [
  { name: 'lms', database: 'lms', role: 'lms', migrates: true, settings: ['generator', 'internal-client'] },
  {
    name: 'asset-store',
    database: 'assets',
    role: 'asset_store',
    migrates: true,
    settings: ['objects', 'generator', 'internal-client'],
  },
  { name: 'rule-evaluator', database: 'rules', role: 'rule_evaluator', migrates: true },
  {
    name: 'certificate-generator',
    database: 'certificates',
    role: 'certificate_generator',
    migrates: true,
    settings: ['objects', 'public-url', 'master-key', 'browser'],
  },
  {
    name: 'certificate-registry',
    database: 'certificates',
    role: 'certificate_registry',
    migrates: false,
    settings: ['objects', 'public-url', 'generator', 'internal-client'],
  },
  {
    name: 'webhook-dispatcher',
    database: 'webhooks',
    role: 'webhook_dispatcher',
    migrates: true,
    settings: ['secrets-key', 'outbound-allow'],
  },
];
