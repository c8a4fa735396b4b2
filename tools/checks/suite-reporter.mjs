import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

/**
 * Writes what tools/checks/suite.mjs judges into Vitest's `outputFile`. The file says `finished: false` from the first moment on, so
 * a runner that is killed, or that some exit hook ends with code 0, leaves the evidence behind.
 */
export default class SuiteReporter {
  onInit(vitest) {
    this.root = vitest.config.root;
    this.path = vitest.config.outputFile;
    this.write({ finished: false, passed: 0, failed: 0, skipped: 0, files: [], failures: [] });
  }

  onTestRunEnd(modules, unhandled, reason) {
    const report = { finished: reason !== 'interrupted', passed: 0, failed: 0, skipped: 0, files: [], failures: [] };
    const fail = (file, name, error) => {
      report.failed += 1;
      report.failures.push({ file, name, message: String(error?.message ?? error ?? 'no message').slice(0, 2000) });
    };
    for (const module of modules) {
      const file = relative(this.root, module.moduleId).replaceAll('\\', '/');
      report.files.push(file);
      for (const error of module.errors()) fail(file, '(file)', error);
      for (const suite of module.children.allSuites()) {
        for (const error of suite.errors()) fail(file, suite.fullName, error);
      }
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') report.passed += 1;
        else if (state === 'skipped') report.skipped += 1;
        // `pending` is a test that never got to its end: its worker died.
        else fail(file, test.fullName, errors?.[0] ?? `ended as '${state}'`);
      }
    }
    for (const error of unhandled) fail('', '(outside of a test)', error);
    this.write(report);
  }

  write(report) {
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, `${JSON.stringify(report, null, 2)}\n`);
  }
}
