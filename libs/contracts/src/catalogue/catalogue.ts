import { assessmentScored } from '../events/assessment-scored.contract.ts';
import { batchUpdated } from '../events/batch-updated.contract.ts';
import { certificateFailed } from '../events/certificate-failed.contract.ts';
import { certificateIssued } from '../events/certificate-issued.contract.ts';
import { certificateReinstated } from '../events/certificate-reinstated.contract.ts';
import { certificateRequested } from '../events/certificate-requested.contract.ts';
import { certificateRevoked } from '../events/certificate-revoked.contract.ts';
import { certificateSuperseded } from '../events/certificate-superseded.contract.ts';
import { certificateSuspended } from '../events/certificate-suspended.contract.ts';
import { certificateWithheld } from '../events/certificate-withheld.contract.ts';
import { courseCompleted } from '../events/course-completed.contract.ts';
import { credentialTypePublished } from '../events/credential-type-published.contract.ts';
import { endpointDisabled } from '../events/endpoint-disabled.contract.ts';
import { issuerUpdated } from '../events/issuer-updated.contract.ts';
import { learnerUpdated } from '../events/learner-updated.contract.ts';
import { proofCounted } from '../events/proof-counted.contract.ts';
import { proofRecorded } from '../events/proof-recorded.contract.ts';
import { templatePublished } from '../events/template-published.contract.ts';
import { tenantUpdated } from '../events/tenant-updated.contract.ts';
import { webhookDelivered } from '../events/webhook-delivered.contract.ts';
import { webhookFailed } from '../events/webhook-failed.contract.ts';
import type { EventOf } from '../envelope/event.ts';
import type { Contract } from './contract.ts';

/** Every contract there is. A new one is added here, and nowhere else. */
export const catalogue = [
  tenantUpdated,
  learnerUpdated,
  batchUpdated,
  issuerUpdated,
  credentialTypePublished,
  templatePublished,
  assessmentScored,
  courseCompleted,
  certificateRequested,
  certificateWithheld,
  certificateIssued,
  certificateSuperseded,
  certificateRevoked,
  certificateSuspended,
  certificateReinstated,
  certificateFailed,
  webhookDelivered,
  webhookFailed,
  endpointDisabled,
  proofRecorded,
  proofCounted,
] as const satisfies readonly Contract[];

type AnyContract = (typeof catalogue)[number];

/** The name of a topic that a contract declares. */
export type TopicName = AnyContract['topics'][number]['name'];

/** The events that stand on each topic; `@On` and the outbox are typed by it. */
export type Events = {
  [Topic in TopicName]: EventOn<AnyContract, Topic>;
};

type EventOn<C extends AnyContract, Topic> = C extends unknown
  ? Topic extends C['topics'][number]['name']
    ? EventOf<C>
    : never
  : never;
