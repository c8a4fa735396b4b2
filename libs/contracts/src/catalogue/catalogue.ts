import { certificateIssued } from '../events/certificate-issued.contract.ts';
import { certificateRequested } from '../events/certificate-requested.contract.ts';
import { courseCompleted } from '../events/course-completed.contract.ts';
import { proofCounted } from '../events/proof-counted.contract.ts';
import { proofRecorded } from '../events/proof-recorded.contract.ts';
import type { EventOf } from '../envelope/event.ts';
import type { Contract } from './contract.ts';

/** Every contract there is. A new one is added here, and nowhere else. */
export const catalogue = [
  courseCompleted,
  certificateRequested,
  certificateIssued,
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
