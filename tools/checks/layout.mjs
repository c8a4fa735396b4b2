import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// The folders of the architecture. A new one is a decision: add it here, to layers.mjs and to a record in docs/adr.
const places = {
  apps: [
    'lms',
    'asset-store',
    'rule-evaluator',
    'certificate-generator',
    'certificate-registry',
    'webhook-dispatcher',
    'portal',
    'proof-recorder',
    'proof-counter',
  ],
  libs: [
    'contracts',
    'messaging',
    'persistence',
    'service-kit',
    'object-store',
    'certificates',
    'credentials',
    'rules',
    'rendering',
    'outbound-http',
    'testing',
  ],
  deploy: ['docker', 'helm', 'kafka', 'grafana', 'embedded'],
};
const topFolders = [...Object.keys(places), 'docs', 'tools', '.ci', '.github'];

const vague = /^(utils?|commons?|helpers?|shared|misc)$/;
const longest = 300;
const longestReadme = 60;
const code = /\.(ts|mts|cts|mjs|cjs|js)$/;
const generated = /(^|\/)(generated|golden)\//;

/**
 * Rule 3 of the architecture: known folders, depth of two below src, names that say something, files of at most 300
 * lines, a README of at most a screen in each project.
 * @param {string} root
 * @param {string[]} files relative to root
 * @returns {{file: string, problem: string}[]}
 */
export function layout(root, files) {
  const findings = [];
  const find = (file, problem) => findings.push({ file, problem });
  const lines = (file) => readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length;

  const projects = new Set(
    files.map((file) => /^(?:apps|libs)\/[^/]+(?=\/)|^deploy\/embedded(?=\/)/.exec(file)?.[0]).filter(Boolean),
  );
  for (const project of projects) {
    const [place, name] = project.split('/');
    if (!places[place].includes(name))
      find(project, `is no folder of the architecture; ${place} has ${places[place].join(', ')}`);
    const readme = `${project}/README.md`;
    if (!files.includes(readme))
      find(readme, 'is missing: write what it does, what goes in, what comes out, in at most a screen');
    else if (lines(readme) > longestReadme)
      find(readme, `has ${lines(readme)} lines; more than ${longestReadme} belongs into docs/`);
  }

  for (const file of files) {
    const parts = file.split('/');
    if (parts.length > 1 && !topFolders.includes(parts[0])) {
      find(file, `stands in a top folder that the architecture does not have; it has ${topFolders.join(', ')}`);
    }
    if (parts[0] === 'deploy' && parts.length > 2 && !places.deploy.includes(parts[1])) {
      find(file, `stands in no folder of the architecture; deploy has ${places.deploy.join(', ')}`);
    }
    if (!/^(apps|libs|deploy|tools)\//.test(file) || generated.test(file)) continue;

    const below = /^(?:apps|libs|deploy)\/[^/]+\/src\/(.+)$/.exec(file)?.[1].split('/').length ?? 0;
    if (below > 2)
      find(file, 'lies deeper than src/<folder>/<file>: give the use case or the aggregate a folder of its own');

    const vagueName = parts
      .map((part) => part.split('.')[0])
      .find((part) => part.split('-').some((word) => vague.test(word)));
    if (vagueName) find(file, `'${vagueName}' says nothing about what is inside: name it after the one thing it does`);

    if (code.test(file) && lines(file) > longest) {
      find(file, `has ${lines(file)} lines, more than ${longest}: it is two files`);
    }
  }
  return findings;
}
