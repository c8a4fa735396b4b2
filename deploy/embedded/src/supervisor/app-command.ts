import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const fromSources = import.meta.url.endsWith('.ts');

/** The arguments that make Node run an app or a command of a library: built code beside built code, sources beside sources. */
export function appCommand(folder: `${'apps' | 'libs'}/${string}`, entry: string): string[] {
  const options = ['--enable-source-maps'];
  if (!fromSources) return [...options, `${root}${folder}/dist/${entry}.js`];
  return ['--conditions=@laurel/source', '--import', `${root}tools/ts.mjs`, `${root}${folder}/src/${entry}.ts`];
}
