import { fileURLToPath } from 'node:url';
import type { Events } from '@laurel/contracts';
import { EventPattern } from '@nestjs/microservices';
import type { HandlerOptions } from '../slice/handler-options.ts';
import type { Slice } from '../slice/slice.ts';
import { sliceTransportId } from './transport-id.ts';

/** What `@On` notes of a handler for the checks at boot. */
export interface HandlerExtras extends HandlerOptions {
  /** The file of the handler, so that a failing boot can name it. */
  readonly file: string;
  readonly handler: string;
}

/**
 * Marks the one handler that this app has for a topic. It gets a slice: events in order, deduplicated, and the
 * transaction that their effects belong into.
 *
 * ```ts
 * @On('course.completed')
 * record(@Payload() events: CourseCompleted[], @Ctx() slice: Slice): Promise<void>
 * ```
 */
export function On<Topic extends keyof Events>(topic: Topic, options: HandlerOptions = {}) {
  const file = callerFile();
  return <Handler extends (events: Events[Topic][], slice: Slice) => Promise<void>>(
    target: object,
    name: string,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void => {
    const extras: HandlerExtras = { ...options, file, handler: `${target.constructor.name}.${name}` };
    EventPattern<string>(topic, sliceTransportId, { ...extras })(target, name, descriptor);
  };
}

/** The file that the decorator stands in, from the stack: two frames up. */
function callerFile(): string {
  const frame = new Error().stack?.split('\n')[3] ?? '';
  const place = /\(?((?:file:\/\/)?\/[^()]+):\d+:\d+\)?$/.exec(frame)?.[1] ?? 'an unknown file';
  const path = place.startsWith('file:') ? fileURLToPath(place) : place;
  return path.replace(/^.*?\/((apps|libs|deploy)\/)/, '$1');
}
