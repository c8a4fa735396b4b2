import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// The sources of workspace packages, so that no test needs a build.
const conditions = ['@laurel/source', 'node', 'development|production'];
const sources = ['apps/*/src', 'libs/*/src', 'deploy/*/src', 'tools'];
const shared = {
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  // The environment of the global setup: without it, that would silently take an old build.
  environments: { __vitest__: { resolve: { conditions } } },
};
const excluded = ['**/node_modules/**', '**/dist/**'];

/**
 * Begins with what takes longest, by far because it waits: at the end it would keep one of two workers idle. The outages of the whole path come later than those of the ground, whose
 * limits of time suffer when both start brokers at once.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const pick = (name: RegExp) => sorted.filter(({ moduleId }) => name.test(moduleId));
    const [outages, faults] = [pick(/\/outages\.it\.spec\.ts$/), pick(/\/faults\.it\.spec\.ts$/)];
    const others = sorted.filter((file) => !outages.includes(file) && !faults.includes(file));
    const middle = Math.ceil(others.length / 2);
    return [...outages, ...others.slice(0, middle), ...faults, ...others.slice(middle)];
  }
}

export default defineConfig({
  ...shared,
  test: {
    // Vitest uses one worker on two cores unless it is told.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // An `it.only` left behind must fail here too, not only where CI is set.
    allowOnly: false,
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: sources.map((folder) => `${folder}/**/*.spec.ts`),
          exclude: [...excluded, '**/*.it.spec.ts', '**/*.contract.spec.ts'],
          pool: 'threads',
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'contract',
          include: sources.map((folder) => `${folder}/**/*.contract.spec.ts`),
          exclude: excluded,
          pool: 'threads',
          isolate: false,
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          include: sources.map((folder) => `${folder}/**/*.it.spec.ts`),
          exclude: excluded,
          pool: 'forks',
          globalSetup: 'libs/testing/src/stack/global-setup.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
