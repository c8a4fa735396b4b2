import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantedTree } from './planted-tree.mjs';
import { plants } from './plants.mjs';

interface Message {
  ruleId: string | null;
  line: number;
  message: string;
}
interface Config {
  references: { path: string }[];
}
interface Lock {
  packages: Record<string, { resolved: string }>;
}
interface Findings {
  eslint: { code: number | null; byFile: Map<string, Message[]> };
  boundaries: { code: number | null; output: string };
}

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const tree = plantedTree(repository);
afterAll(() => tree.dispose());

describe('a clean checkout', () => {
  it('has no Nx cache and passes', { timeout: 120_000 }, async () => {
    expect(tree.has('.nx')).toBe(false);
    const { eslint, boundaries } = await check();
    expect([...eslint.byFile].filter(([, messages]) => messages.length > 0)).toEqual([]);
    expect(boundaries.output).toContain(' 0 findings');
    expect([eslint.code, boundaries.code]).toEqual([0, 0]);
  });
});

describe('a checkout with violations', () => {
  let found: Findings;

  beforeAll(async () => {
    for (const { file, text } of plants) tree.write(file === 'libs/magic' ? `${file}/README.md` : file, text);
    tree.write(
      'libs/messaging/src/planted/circle-back.ts',
      "import type { A } from './circle.ts';\nexport const b: A = 1;\n",
    );
    tree.write('libs/service-kit/src/planted/allowed.ts', 'export const allowed = process.env.HOME;\n');
    tree.write('deploy/embedded/src/environment.ts', "export const allowed = process['env'];\n");
    tree.remove('libs/service-kit/README.md');
    tree.edit('libs/messaging/tsconfig.lib.json', (config: Config) => {
      config.references.pop();
    });
    tree.edit('libs/contracts/tsconfig.lib.json', (config: Config) => {
      config.references.push({ path: '../persistence/tsconfig.lib.json' });
    });
    tree.edit('package-lock.json', (lock: Lock) => {
      lock.packages['node_modules/zod']!.resolved = 'https://registry.example.org/zod.tgz';
    });
    found = await check();
  }, 120_000);

  it('fails both checks', () => {
    expect(found.eslint.code).toBe(1);
    expect(found.boundaries.code).toBe(1);
  });

  it.each(plants)('$what: $file', ({ file, text, eslint = [], boundaries = [], lines }) => {
    const messages = found.eslint.byFile.get(file) ?? [];
    for (const rule of eslint) expect(messages.map(({ ruleId }) => ruleId)).toContain(rule);
    if (lines) {
      const reported = messages.filter(({ ruleId }) => ruleId === eslint[0]).map(({ line }) => line);
      const broken = text.split('\n').slice(0, -1);
      expect([...new Set(reported)]).toEqual(expect.arrayContaining(broken.map((_, index) => index + 1)));
    }
    const sentences = found.boundaries.output.split('\n').filter((line) => line.includes(file));
    for (const part of boundaries) expect(sentences).toContainEqual(expect.stringContaining(part));
  });

  it.each([
    ['libs/service-kit/README.md', 'is missing'],
    ['libs/messaging/tsconfig.lib.json', 'lacks the reference to libs/persistence/tsconfig.lib.json'],
    ['libs/contracts/tsconfig.lib.json', 'references libs/persistence/tsconfig.lib.json, but'],
    ['package-lock.json', 'names where 1 packages came from (https://registry.example.org/zod.tgz)'],
  ])('%s %s', (file, part) => {
    expect(found.boundaries.output).toContain(`${file}: ${part}`);
  });

  it('leaves alone what is allowed', () => {
    expect(rulesOf('libs/service-kit/src/planted/allowed.ts')).toEqual([]);
    expect(rulesOf('deploy/embedded/src/environment.ts')).toEqual([]);
    const column = found.eslint.byFile.get('libs/messaging/src/planted/column.ts') ?? [];
    expect(column.map(({ line }) => line)).toEqual([3, 4]);
    const environment = found.eslint.byFile.get('libs/messaging/src/planted/environment.ts') ?? [];
    expect(environment.filter(({ ruleId }) => ruleId === 'laurel/no-environment').at(-1)?.line).toBe(15);
  });

  function rulesOf(file: string): (string | null)[] | undefined {
    return found.eslint.byFile.get(file)?.map(({ ruleId }) => ruleId);
  }
});

async function check(): Promise<Findings> {
  const eslintArgs = ['node_modules/eslint/bin/eslint.js', '--format', 'json', '--max-warnings', '0', '.'];
  const [eslint, boundaries] = await Promise.all([tree.node(eslintArgs), tree.node(['tools/checks/boundaries.mjs'])]);
  if (!eslint.output.startsWith('[')) {
    throw new Error(`ESLint said something before its report: ${eslint.output.slice(0, 300)} ${eslint.errors}`);
  }
  const results = JSON.parse(eslint.output) as { filePath: string; messages: Message[] }[];
  const byFile = new Map(results.map(({ filePath, messages }) => [filePath.slice(tree.root.length + 1), messages]));
  return {
    eslint: { code: eslint.code, byFile },
    boundaries: { code: boundaries.code, output: boundaries.output + boundaries.errors },
  };
}
