import { test } from 'vitest';
import { openScene, type Scene, type SceneOptions } from './open-scene.ts';
import type { SuiteOptions } from './suite-options.ts';

/** Registers a test that plays in a scene of its own. */
export type Scenario = (name: string, play: (scene: Scene) => Promise<void>, options?: SceneOptions) => void;

/** A way to write the scenarios of one suite; they may run at the same time. */
export function scenarios(suite: SuiteOptions): Scenario {
  return (name, play, options = {}) => {
    test(name, async ({ onTestFinished }) => {
      await play(await openScene(suite, options, (close) => onTestFinished(close)));
    });
  };
}
