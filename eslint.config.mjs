import js from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import { defineConfig } from 'eslint/config';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import { layers } from './tools/checks/layers.mjs';
import { plugin as laurel } from './tools/rules/plugin.mjs';

// Packages that live behind one library.
const homes = { kafkajs: 'messaging', puppeteer: 'rendering', 'puppeteer-core': 'rendering' };
const root = dirname(fileURLToPath(import.meta.url));

// Without a cached project graph the boundary rule prints a notice, reports nothing and passes: a fresh checkout has
// none, so it is built here, before the rule is asked.
await createProjectGraphAsync({ exitOnError: true });

const specs = ['**/*.spec.ts'];
const testTools = ['vitest', 'fast-check'];

/** A layer as the Nx rule writes it; tests are files of the project too, so what they need is allowed here. */
function constraint({ tag, may, packages, testPackages = [] }) {
  return {
    sourceTag: tag,
    onlyDependOnLibsWithTags: [...may, 'testing'].map((name) => `name:${name}`),
    ...(packages && { allowedExternalImports: [...packages, ...testPackages, ...testTools] }),
    bannedExternalImports: Object.entries(homes)
      .filter(([, home]) => tag !== `name:${home}`)
      .map(([name]) => name),
  };
}

export default defineConfig(
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', '.nx/**', '.laurel/**', 'reports/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { laurel } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'Buffer',
          'fetch',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'setImmediate',
          'AbortController',
          'AbortSignal',
          'performance',
          'TextDecoder',
          'TextEncoder',
          'structuredClone',
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ['vitest.config.ts'] }, tsconfigRootDir: root },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-empty-function': ['error', { allow: ['private-constructors', 'protected-constructors'] }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      // An interface may demand a promise of a method that has nothing to await.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['{apps,libs,deploy}/**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          banTransitiveDependencies: true,
          checkDynamicDependenciesExceptions: [],
          // Tests of a library run on the harness, and the harness on the library: between projects that is a circle,
          // between files it is none, which dependency-cruiser holds.
          ignoredCircularDependencies: [['@laurel/testing', '*']],
          allow: [],
          depConstraints: layers.map(constraint),
        },
      ],
    },
  },
  {
    files: ['{apps,libs,deploy,tools}/**/*.ts'],
    ignores: ['libs/service-kit/**', 'deploy/embedded/src/environment.ts'],
    rules: { 'laurel/no-environment': 'error' },
  },
  {
    files: ['tools/*/**/*.mjs'],
    rules: { 'laurel/no-environment': 'error' },
  },
  {
    files: ['{apps,libs,deploy,tools}/**/*.ts'],
    ignores: ['libs/messaging/**'],
    rules: { 'laurel/kafkajs-home': ['error', { packages: ['kafkajs'], home: 'libs/messaging' }] },
  },
  {
    files: ['{apps,libs,deploy,tools}/**/*.ts'],
    ignores: ['libs/rendering/**'],
    rules: {
      'laurel/puppeteer-home': ['error', { packages: ['puppeteer', 'puppeteer-core'], home: 'libs/rendering' }],
    },
  },
  {
    files: ['{apps,libs}/**/*.ts'],
    ignores: [...specs, 'libs/outbound-http/**', 'libs/service-kit/**', 'libs/testing/**'],
    rules: { 'laurel/no-network': 'error' },
  },
  {
    files: ['{apps,libs}/**/*.ts'],
    rules: { 'laurel/column-type': 'error' },
  },
  {
    files: specs,
    rules: {
      'laurel/honest-tests': 'error',
      // What a test reads back (a parsed body, a row) is `any` by nature and asserted in the next line.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // A stand-in does nothing, on purpose.
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
);
