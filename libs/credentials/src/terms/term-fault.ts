import { knownContexts } from '../contexts/known-contexts.ts';

/** Wherever one of them is defined, also for one class only: a name of ours must mean the same in all of a credential. */
const defined = new Set<string>();
collect([...knownContexts.values()]);

/** What addresses begin with: processors of JSON-LD 1.0 would take the term for a prefix. */
const schemes = new Set(['http', 'https', 'urn', 'did', 'data', 'mailto', 'tag']);
/** What every object of JavaScript has already: a program that asks for it gets something, whatever the credential says. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Why a name cannot be a term of a credential type's own, as the end of a sentence that begins with it; nothing where it can.
 *
 * The names of VC 2.0 and Open Badges 3.0 are those of the contexts that are on board: they are protected, and a credential that
 * defines one anew is refused by every verifier.
 */
export function termFault(name: string): string | undefined {
  if (!/^[a-z][A-Za-z0-9]{0,63}$/.test(name)) {
    return 'is no name in camel case, as memberSince; rename the member of the input';
  }
  if (defined.has(name)) {
    return 'has a meaning in VC 2.0 or Open Badges 3.0, which no other context may change; rename the member of the input';
  }
  if (schemes.has(name)) return 'is what addresses begin with; rename the member of the input';
  if (inherited.has(name)) return 'is what every object of JavaScript has; rename the member of the input';
  return undefined;
}

function collect(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '@context') for (const context of [inner].flat() as unknown[]) addNames(context);
    collect(inner);
  }
}

function addNames(context: unknown): void {
  if (typeof context !== 'object' || context === null) return;
  for (const name of Object.keys(context)) if (!name.startsWith('@')) defined.add(name);
}
