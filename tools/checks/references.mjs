import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * A missing project reference is no error to tsc: the import compiles from the other project's sources and the build
 * order is left to luck. So each package's workspace dependencies and its references have to be the same, and the two
 * root configurations have to name every project.
 * @param {string} root
 * @param {string[]} files relative to root
 * @returns {{file: string, problem: string}[]}
 */
export function references(root, files) {
  const findings = [];
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const packages = files
    .filter((file) => /^((apps|libs)\/[^/]+|deploy\/embedded)\/package\.json$/.test(file))
    .map((file) => ({ folder: posix.dirname(file), json: read(file) }));
  const configOf = ({ folder }) => `${folder}/tsconfig.${folder.startsWith('apps/') ? 'app' : 'lib'}.json`;
  const byName = new Map(packages.map((each) => [each.json.name, each]));

  const compare = (file, expected, why, optional = []) => {
    if (!existsSync(join(root, file)))
      return findings.push({ file, problem: 'is missing: copy it from another project' });
    const actual = (read(file).references ?? []).map(({ path }) => posix.join(posix.dirname(file), path));
    const missing = expected.filter((each) => !actual.includes(each));
    const surplus = actual.filter((each) => !expected.includes(each) && !optional.includes(each));
    if (missing.length > 0) findings.push({ file, problem: `lacks the reference to ${missing.join(', ')}: ${why}` });
    if (surplus.length > 0) findings.push({ file, problem: `references ${surplus.join(', ')}, but ${why}` });
  };

  for (const each of packages) {
    const names = (kind) => Object.keys(each.json[kind] ?? {}).filter((name) => name.startsWith('@laurel/'));
    const configs = (list) => list.filter((name) => byName.has(name)).map((name) => configOf(byName.get(name)));
    const manifest = `${each.folder}/package.json`;
    for (const name of [...names('dependencies'), ...names('devDependencies')]) {
      if (!byName.has(name)) findings.push({ file: manifest, problem: `depends on ${name}, which is no project here` });
    }
    const used = configs(names('dependencies'));
    compare(configOf(each), used, `references follow the @laurel dependencies of ${manifest}`);
    // Tests see their own project, its dependencies, and the harness with what that hands on.
    const harness = packages.filter(({ folder }) => !folder.startsWith('apps/')).map(configOf);
    compare(
      `${each.folder}/tsconfig.spec.json`,
      [configOf(each), ...used],
      `tests reference their own project and the @laurel dependencies of ${manifest}`,
      harness,
    );
  }

  compare('tsconfig.build.json', packages.map(configOf), 'the build names every project');
  compare(
    'tsconfig.json',
    [...packages.map(({ folder }) => folder), 'tools'],
    'the type check names every project and the tools',
  );
  return findings;
}
