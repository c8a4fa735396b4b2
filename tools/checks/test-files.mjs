const test = /\.spec\.ts$/;
const kinds = { integration: /\.it\.spec\.ts$/, contract: /\.contract\.spec\.ts$/ };

/**
 * The test files of a suite by their names alone, so that the count does not come from the same patterns as the run
 * (vitest.config.ts): a test in a folder that the runner does not look into is noticed.
 * @param {string} suite unit, contract, integration, or tools: the tests of the tools themselves
 * @param {string[]} files relative to the root
 * @returns {string[]}
 */
export function testFiles(suite, files) {
  return files.filter((file) => test.test(file) && suiteOf(file) === suite);
}

function suiteOf(file) {
  if (file.startsWith('tools/')) return 'tools';
  return Object.keys(kinds).find((kind) => kinds[kind].test(file)) ?? 'unit';
}
