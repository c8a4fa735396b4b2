import { describe } from 'vitest';
import { foreignBehaviours } from './foreign-behaviours.ts';
import { handlerBehaviours } from './handler-behaviours.ts';
import { membershipBehaviours } from './membership-behaviours.ts';
import { orderBehaviours } from './order-behaviours.ts';
import { poisonBehaviours } from './poison-behaviours.ts';
import { redriveBehaviours } from './redrive-behaviours.ts';
import { sizeBehaviours } from './size-behaviours.ts';
import type { SuiteOptions } from './suite-options.ts';

/**
 * What any transport has to do before Laurel runs on it. The tests reach it through the broker port alone; handlers,
 * slices and database are the real ones. Call it in an integration test of the adapter.
 */
export function transportSuite(options: SuiteOptions): void {
  describe(`${options.name} carries Laurel`, { concurrent: true }, () => {
    orderBehaviours(options);
    poisonBehaviours(options);
    foreignBehaviours(options);
    membershipBehaviours(options);
    sizeBehaviours(options);
    redriveBehaviours(options);
    handlerBehaviours(options);
  });
}
