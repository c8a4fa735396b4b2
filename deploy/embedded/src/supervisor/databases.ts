/**
 * One database per bounded context: its owner, whose migrations make its tables, and the further roles that may connect; what
 * these may touch is granted by the migrations.
 */
export const databases: readonly { name: string; owner: string; guests?: readonly string[] }[] = [
  { name: 'lms', owner: 'lms' },
  { name: 'assets', owner: 'asset_store' },
  { name: 'rules', owner: 'rule_evaluator' },
  { name: 'certificates', owner: 'certificate_generator', guests: ['certificate_registry'] },
  { name: 'webhooks', owner: 'webhook_dispatcher' },
  { name: 'proof_recorder', owner: 'proof_recorder' },
  { name: 'proof_counter', owner: 'proof_counter' },
];
