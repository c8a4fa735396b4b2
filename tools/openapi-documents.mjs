import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);
const atOnce = 2;
const patience = 60_000;
const largest = 16 * 1024 * 1024;

/**
 * `docs/openapi/<app>.json` of every app that users have an interface of: what its `main.ts openapi` prints, which needs no
 * settings. Every app runs in a process of its own, as it does in production: their decorators never meet.
 * @returns {Promise<{ files: Record<string, string>, failures: { file: string, why: string }[] }>}
 */
export async function openApiDocuments() {
  const apps = readdirSync('apps').filter(
    (app) => !app.startsWith('proof-') && existsSync(`apps/${app}/src/app.module.ts`),
  );
  const files = {};
  const failures = [];
  const waiting = [...apps];
  const work = async () => {
    for (let app = waiting.shift(); app !== undefined; app = waiting.shift()) {
      const file = `docs/openapi/${app}.json`;
      try {
        files[file] = await documentOf(app);
      } catch (error) {
        failures.push({ file, why: String(error.stderr || error.message).trim() });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { files, failures };
}

async function documentOf(app) {
  const main = ['--conditions=@laurel/source', '--import', './tools/ts.mjs', `apps/${app}/src/main.ts`, 'openapi'];
  // Without the caller's environment: a document that depended on it would differ between two machines.
  const { stdout } = await run(process.execPath, main, { env: {}, timeout: patience, maxBuffer: largest });
  return `${JSON.stringify(JSON.parse(stdout), null, 2)}\n`;
}
