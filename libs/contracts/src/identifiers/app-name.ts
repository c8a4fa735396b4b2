/** Every deployable that may produce or consume an event: the apps of the architecture and the two proof services. */
export const appNames = [
  'lms',
  'asset-store',
  'rule-evaluator',
  'certificate-generator',
  'certificate-registry',
  'webhook-dispatcher',
  'proof-recorder',
  'proof-counter',
] as const;

/** The name of one deployable: it stands in `ce_source`, in consumer groups and in ACLs. */
export type AppName = (typeof appNames)[number];
