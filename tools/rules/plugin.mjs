import { columnType } from './column-type.mjs';
import { honestTests } from './honest-tests.mjs';
import { noEnvironment } from './no-environment.mjs';
import { noNetwork } from './no-network.mjs';
import { packageHome } from './package-home.mjs';

/** The house rules that no published plugin has, under the prefix `laurel/`. */
export const plugin = {
  rules: {
    'column-type': columnType,
    'honest-tests': honestTests,
    'no-environment': noEnvironment,
    'no-network': noNetwork,
    'kafkajs-home': packageHome,
    'puppeteer-home': packageHome,
  },
};
