// Lets Node run the TypeScript of the apps without a build (development, and tests that kill real processes):
//   node --conditions=@laurel/source --import ./tools/ts.mjs apps/<app>/src/main.ts
// Node's own type stripping stops at the first decorator; Oxc emits decorator metadata as tsc does.
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'rolldown/utils';

// What Oxc's external helpers call; the emitted code finds them in this global.
globalThis.babelHelpers = {
  decorate(decorators, target, key, descriptor) {
    let result =
      arguments.length < 3 ? target : descriptor === null ? Object.getOwnPropertyDescriptor(target, key) : descriptor;
    for (const decorator of decorators.toReversed()) {
      result = (arguments.length < 3 ? decorator(result) : decorator(target, key, result)) || result;
    }
    if (arguments.length > 3 && result) Object.defineProperty(target, key, result);
    return result;
  },
  decorateMetadata: (key, value) => Reflect.metadata?.(key, value) ?? (() => {}),
  decorateParam: (index, decorator) => (target, key) => decorator(target, key, index),
};

registerHooks({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/'))
      return nextLoad(url, context);
    const file = fileURLToPath(url);
    const { code, errors } = transformSync(file, readFileSync(file, 'utf8'), {
      target: 'es2024',
      sourcemap: false,
      helpers: { mode: 'External' },
      decorator: { legacy: true, emitDecoratorMetadata: true },
    });
    if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0].message}`);
    return { format: 'module', source: code, shortCircuit: true };
  },
});
