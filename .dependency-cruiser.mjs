// The second wall: it reads files and needs no project graph, so it holds where the first one could be asleep.
import { layers } from './tools/checks/layers.mjs';

const spec = '[.]spec[.]ts$';
// Files that something starts by their path: a process of its own, a test's set-up, a migration found by its folder.
const entries = ['[/.]main[.]ts$', '/global-setup[.]ts$', '/commands/', '/migrations/', '[.]d[.]ts$', spec];
const folderOf = (name) => layers.find((layer) => layer.tag === `name:${name}`).folder;
// As an installed package, or by its bare name where it is not installed.
const npm = (name) => `(^|/)node_modules/(@types/)?${name}/|^${name}$`;

/** A pure library: everything that is not on its list is refused, Node's own modules too. */
const pure = layers
  .filter((layer) => layer.packages)
  .map(({ folder, may, packages, builtins }) => ({
    name: `pure-${folder.split('/')[1]}`,
    comment: `${folder} is pure: no framework, no I/O. It may import ${[...may, ...packages, ...builtins].join(', ')}.`,
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: spec },
    to: {
      pathNot: [
        `^${folder}/`,
        ...may.map((name) => `^${folderOf(name)}/`),
        ...packages.map(npm),
        ...builtins.map((name) => `^(node:)?${name}$`),
      ],
    },
  }));

/** Each layer sees the ones below it; `testing` is a rule of its own. */
const layered = layers
  .filter((layer) => !layer.packages)
  .map(({ folder, may }) => {
    const isApps = folder === 'apps/*';
    return {
      name: isApps ? 'app-imports-app' : `layer-${folder.split('/')[1]}`,
      comment: `${folder} may import only ${may.join(', ') || 'no other project'}. Move what is needed down, or send an event.`,
      severity: 'error',
      from: { path: isApps ? '^apps/([^/]+)/' : `^${folder}/` },
      to: {
        path: '^(apps|libs|deploy)/',
        pathNot: [isApps ? '^apps/$1/' : `^${folder}/`, '^libs/testing/', ...may.map((name) => `^${folderOf(name)}/`)],
      },
    };
  });

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...pure,
    ...layered,
    {
      name: 'testing-only-in-tests',
      comment: 'The harness belongs to tests: only *.spec.ts, libs/testing and tools may import it.',
      severity: 'error',
      from: { path: '^(apps|libs|deploy)/', pathNot: [spec, '^libs/testing/'] },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'embedded-only-in-testing',
      comment: 'Only libs/testing and tools start the embedded stack; a service gets addresses by its settings.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '^libs/testing/' },
      to: { path: '^deploy/' },
    },
    {
      name: 'kafkajs-home',
      comment: 'kafkajs is spoken in libs/messaging alone. Use its port, or extend the port.',
      severity: 'error',
      from: { path: '^(apps|libs|deploy|tools)/', pathNot: '^libs/messaging/' },
      to: { path: npm('kafkajs') },
    },
    {
      name: 'puppeteer-home',
      comment: 'The browser is driven in libs/rendering alone.',
      severity: 'error',
      from: { path: '^(apps|libs|deploy|tools)/', pathNot: '^libs/rendering/' },
      to: { path: npm('puppeteer(-core)?') },
    },
    {
      name: 'no-process-module',
      comment: 'Settings are read by service-kit alone; node:process is a way around it.',
      severity: 'error',
      from: { path: '^(apps|libs|deploy)/', pathNot: ['^libs/service-kit/', '^deploy/embedded/src/environment[.]ts$'] },
      to: { path: '^(node:)?process$' },
    },
    {
      name: 'unresolvable',
      comment: 'Nothing answers to this name. An app exports nothing: no other project may import it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'undeclared-package',
      comment: 'Add the package, with its exact version, to the package.json of the project that imports it.',
      severity: 'error',
      from: { path: '^(apps|libs|deploy)/', pathNot: spec },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'circle',
      comment: 'These files import each other. Move what both need into a third file, or pass it as a parameter.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'orphan',
      comment:
        'No index.ts, main.ts, command or test leads to this file: it is left over, or its export was forgotten.',
      severity: 'error',
      from: { path: ['^(apps|libs|deploy)/[^/]+/src/[^/]+[.]ts$', '^tools/', ...entries] },
      to: { path: '^(apps|libs|deploy)/[^/]+/src/[^/]+/', pathNot: entries, reachable: false },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs', 'tsd'],
    enhancedResolveOptions: {
      conditionNames: ['@laurel/source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
