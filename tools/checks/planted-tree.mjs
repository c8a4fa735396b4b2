import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const copied = [
  'package.json',
  'package-lock.json',
  '.gitignore',
  'nx.json',
  'tsconfig.base.json',
  'tsconfig.build.json',
  'tsconfig.json',
  'vitest.config.ts',
  'eslint.config.mjs',
  '.dependency-cruiser.mjs',
  'tools/tsconfig.json',
  'tools/check.mjs',
];
const planned = ['libs/rules'];

/**
 * A clean checkout for the tests of the checks: the real configuration, the real package.json and tsconfig files, next
 * to nothing as sources, and no Nx cache. A pure library that the architecture plans and nobody has written yet stands
 * in it too, so that its rule is proven before it is needed.
 * @param {string} repository the real root
 */
export function plantedTree(repository) {
  const root = mkdtempSync(join(tmpdir(), 'laurel-planted-'));
  const write = (file, text) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const writeJson = (file, value) => write(file, `${JSON.stringify(value, null, 2)}\n`);

  for (const file of copied) cpSync(join(repository, file), join(root, file));
  for (const folder of ['tools/checks', 'tools/rules']) {
    cpSync(join(repository, folder), join(root, folder), {
      recursive: true,
      filter: (path) => !path.endsWith('.spec.ts'),
    });
  }

  const projects = [];
  const addProject = (folder, manifest, configs) => {
    projects.push([folder, manifest.name]);
    writeJson(`${folder}/package.json`, manifest);
    for (const [name, config] of Object.entries(configs)) writeJson(`${folder}/${name}`, config);
    write(`${folder}/README.md`, `# ${manifest.name}\n`);
    write(`${folder}/src/${folder.startsWith('apps/') ? 'main' : 'index'}.ts`, 'export {};\n');
  };
  for (const place of ['apps', 'libs', 'deploy']) {
    for (const name of readdirSync(join(repository, place))) {
      const folder = `${place}/${name}`;
      if (!existsSync(join(repository, folder, 'package.json'))) continue;
      const read = (file) => JSON.parse(readFileSync(join(repository, folder, file), 'utf8'));
      const configs = readdirSync(join(repository, folder)).filter((file) => /^tsconfig.*\.json$/.test(file));
      addProject(folder, read('package.json'), Object.fromEntries(configs.map((file) => [file, read(file)])));
    }
  }

  // Planned projects are made after the pattern of contracts.
  for (const folder of planned.filter((each) => !existsSync(join(root, each)))) {
    const name = folder.split('/')[1];
    const configs = ['tsconfig.json', 'tsconfig.lib.json', 'tsconfig.spec.json'];
    addProject(
      folder,
      { ...readJson('libs/contracts/package.json'), name: `@laurel/${name}`, nx: { tags: [`name:${name}`] } },
      Object.fromEntries(configs.map((file) => [file, readJson(`libs/contracts/${file}`)])),
    );
    for (const [config, path] of [
      ['tsconfig.json', folder],
      ['tsconfig.build.json', `${folder}/tsconfig.lib.json`],
    ]) {
      const json = readJson(config);
      writeJson(config, { ...json, references: [...json.references, { path }] });
    }
  }

  mkdirSync(join(root, 'node_modules/@laurel'), { recursive: true });
  for (const name of readdirSync(join(repository, 'node_modules'))) {
    // What is no package of ours stays where it is installed; caches are not shared.
    if (name === '@laurel' || (name.startsWith('.') && name !== '.bin')) continue;
    symlinkSync(join(repository, 'node_modules', name), join(root, 'node_modules', name));
  }
  for (const [folder, name] of projects) symlinkSync(join(root, folder), join(root, 'node_modules', name));

  return {
    root,
    write,
    /**
     * Changes a JSON file in place.
     * @param {string} file
     * @param {(json: any) => void} change
     */
    edit(file, change) {
      const json = readJson(file);
      change(json);
      writeJson(file, json);
    },
    remove: (file) => rmSync(join(root, file)),
    has: (file) => existsSync(join(root, file)),
    /**
     * Runs Node in it, with nothing of our own environment: Nx, if it runs the tests, hands its root on in there.
     * @param {string[]} args
     * @returns {Promise<{code: number | null, output: string, errors: string}>}
     */
    node(args) {
      const env = {
        PATH: [join(root, 'node_modules/.bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
        NX_DAEMON: 'false',
      };
      return new Promise((done) => {
        const child = execFile(process.execPath, args, { cwd: root, env, maxBuffer: 64 << 20 }, (_, output, errors) =>
          done({ code: child.exitCode, output, errors }),
        );
      });
    },
    dispose: () => rmSync(root, { recursive: true, force: true }),
  };
}
