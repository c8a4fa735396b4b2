import type { AppName } from '../identifiers/app-name.ts';

/** The group of one handler: an app has one handler, one consumer and one group per topic. */
export function consumerGroup(app: AppName, topic: string): string {
  return `${app}.${topic}`;
}
