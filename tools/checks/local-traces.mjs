import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Written so that this file does not find itself.
const localPath = /(?<![\w.:/$}@-])\/(?:work|tmp|root|home|Users)\/[\w.-]+/;
const address = /https?:\/\/[^\s"'/]+/g;
const binary = /\.(png|jpe?g|gif|ico|pdf|woff2?|ttf|otf|jar|zip|gz|br)$/;
const text = (root, file) => readFileSync(join(root, file), 'utf8');

/**
 * A clone works on any machine and from any registry: no file names an absolute path of somebody's disk, and neither
 * the lockfile nor .npmrc names a registry. (Addresses elsewhere are free: the Maven wrapper has to name one.)
 * @param {string} root
 * @param {string[]} files relative to root
 * @returns {{file: string, problem: string}[]}
 */
export function localTraces(root, files) {
  const findings = [];
  for (const file of files.filter((each) => !binary.test(each) && each !== 'package-lock.json')) {
    text(root, file)
      .split('\n')
      .forEach((line, index) => {
        const found = localPath.exec(line);
        if (!found) return;
        findings.push({
          file: `${file}:${index + 1}`,
          problem: `names ${found[0]}, a path of one machine: make it relative, or take it from os.tmpdir()`,
        });
      });
  }

  if (files.includes('package-lock.json')) {
    const { packages = {} } = JSON.parse(text(root, 'package-lock.json'));
    const resolved = Object.values(packages).filter(({ resolved }) => /^(https?|git|file:\/)/.test(resolved ?? ''));
    if (resolved.length > 0) {
      findings.push({
        file: 'package-lock.json',
        problem: `names where ${resolved.length} packages came from (${resolved[0].resolved}): .npmrc must keep omit-lockfile-registry-resolved=true; delete the "resolved" lines`,
      });
    }
  }
  for (const file of files.filter((each) => /(^|\/)\.(npmrc|yarnrc.*)$/.test(each))) {
    for (const found of text(root, file).matchAll(address)) {
      findings.push({ file, problem: `names the registry ${found[0]}: it belongs into the user's own .npmrc` });
    }
    if (/_auth/.test(text(root, file)))
      findings.push({ file, problem: "holds a token: it belongs into the user's own .npmrc" });
  }
  return findings;
}
