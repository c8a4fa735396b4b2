// Writes the files that are made from code (schemas, AsyncAPI, topics, ACLs, the page of all settings, the OpenAPI document of
// each service), or compares:
//   node --conditions=@laurel/source --import ./tools/ts.mjs tools/generate.mjs [--check]
import { generatedFiles, goldenFiles } from '@laurel/contracts';
import { renderSettingsPage } from '@laurel/service-kit';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { format, getFileInfo } from 'prettier';
import { tree } from './checks/tree.mjs';
import { openApiDocuments } from './openapi-documents.mjs';

const openApi = await openApiDocuments();

// Each answers { 'path/in/the/repository': 'content' }. A library that generates something is added here.
const generators = [
  generatedFiles,
  () => goldenFiles((file) => (existsSync(file) ? readFileSync(file, 'utf8') : null)),
  settingsPage,
  () => openApi.files,
];

/** Every setting of every app, from the schemas that parse them. */
async function settingsPage() {
  const apps = readdirSync('apps').map(async (name) => ({
    name,
    settings: (await import(`../apps/${name}/src/config.ts`)).settings,
  }));
  return { 'docs/settings.md': renderSettingsPage(await Promise.all(apps)) };
}

const compareOnly = process.argv.includes('--check');
const made = new Map();
for (const generator of generators) {
  for (const [file, content] of Object.entries(await generator())) {
    if (made.has(file)) throw new Error(`Two generators make ${file}: give one of them another path.`);
    made.set(file, await formatted(file, content));
  }
}

const problems = [];
for (const { file, why } of openApi.failures) {
  problems.push(`${file} cannot be made, because the app does not print it:\n${why}`);
  // What was there stays: the fault is the app's.
  if (existsSync(file)) made.set(file, readFileSync(file, 'utf8'));
}
for (const [file, content] of made) {
  const current = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (current === content) continue;
  problems.push(
    `${file} ${current === null ? 'is missing' : `differs from what the code makes, first in line ${firstDifference(current, content)}`}`,
  );
  if (compareOnly) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
// A schema whose contract was renamed or removed stays behind unless it is looked for.
for (const file of tree('.').filter((each) => /(^|\/)generated\/|^docs\/openapi\//.test(each) && !made.has(each))) {
  problems.push(`${file} is made by no generator`);
  if (!compareOnly) rmSync(file);
}

if ((compareOnly && problems.length > 0) || openApi.failures.length > 0) {
  const advice = 'Run `npm run generate` and commit the result with the change that caused it.';
  console.log([...problems, ...(compareOnly ? [advice] : [])].join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${made.size} generated files, ${problems.length} ${compareOnly ? 'differences' : 'written or removed'}`);
}

/** What stands outside of a `generated` folder is read by the format check too. */
async function formatted(file, content) {
  const { ignored, inferredParser } = await getFileInfo(file, { ignorePath: '.prettierignore' });
  if (ignored || !inferredParser) return content;
  const options = JSON.parse(readFileSync('.prettierrc.json', 'utf8'));
  return format(content, { ...options, filepath: file });
}

function firstDifference(a, b) {
  const [left, right] = [a.split('\n'), b.split('\n')];
  return left.findIndex((line, index) => line !== right[index]) + 1 || left.length + 1;
}
