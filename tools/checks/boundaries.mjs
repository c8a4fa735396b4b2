// What can be said about the tree without types: who imports whom (the second wall) and where things stand.
//   node tools/checks/boundaries.mjs [folder of the repository]
import { cruise } from 'dependency-cruiser';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { layout } from './layout.mjs';
import { localTraces } from './local-traces.mjs';
import { oneExport } from './one-export.mjs';
import { references } from './references.mjs';
import { tree } from './tree.mjs';

const root = resolve(process.argv[2] ?? '.');
process.chdir(root);
const files = tree(root);

const { default: config } = await import(pathToFileURL(resolve(root, '.dependency-cruiser.mjs')).href);
const { forbidden, options } = config;
const folders = ['apps', 'libs', 'deploy', 'tools'].filter((folder) => existsSync(folder));
const { output } = await cruise(folders, { ...options, ruleSet: { forbidden }, validate: true });
const { violations, totalCruised } = output.summary;
const comments = new Map(forbidden.map(({ name, comment }) => [name, comment]));
const imports = violations.map(({ from, to, rule, cycle }) => ({
  file: from,
  problem: `${to === from ? '' : `imports ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to}. `}${comments.get(rule.name)} (${rule.name})`,
}));

const findings = [...imports, ...[layout, oneExport, references, localTraces].flatMap((check) => check(root, files))];
for (const { file, problem } of findings) console.log(`${file}: ${problem}`);
if (totalCruised === 0) {
  // An empty answer is no good news: the walls saw nothing.
  console.log('No module was read: .dependency-cruiser.mjs and tools/checks/boundaries.mjs disagree on the folders.');
}
console.log(`${files.length} files, ${totalCruised} modules, ${findings.length} findings`);
process.exitCode = findings.length > 0 || totalCruised === 0 ? 1 : 0;
