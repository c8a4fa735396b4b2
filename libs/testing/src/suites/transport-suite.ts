import { describe } from 'vitest';
import { orderBehaviours } from './order-behaviours.ts';
import { foreignBehaviours } from './foreign-behaviours.ts';
import { poisonBehaviours } from './poison-behaviours.ts';
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
  });
}
