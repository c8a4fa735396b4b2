import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const ignored = new Set(['node_modules', 'dist', '.git', '.nx', '.laurel', 'reports']);

/**
 * The files that belong to the repository, relative to `root`, with forward slashes: what git knows or would add, and
 * in a folder that is no git checkout (an unpacked archive) all but the folders that .gitignore names.
 * @param {string} root
 * @returns {string[]}
 */
export function tree(root) {
  if (!existsSync(join(root, '.git'))) return walk(root, root);
  const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 << 20,
  });
  if (git.status !== 0) return walk(root, root);
  const names = new Set(git.stdout.split('\0').filter(Boolean));
  return [...names].filter((name) => existsSync(join(root, name))).sort();
}

function walk(root, folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !ignored.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(root, path) : [relative(root, path).split(sep).join('/')];
    })
    .sort();
}
