import { exceedsDepth } from './exceeds-depth.ts';

const maxDepth = 64;

/** Thrown for text that is not JSON with one meaning. */
export class JsonRefused extends SyntaxError {
  override readonly name = 'JsonRefused';
  constructor(
    readonly code: 'not-json' | 'too-deep' | 'duplicate-member',
    message: string,
  ) {
    super(message);
  }
}

/**
 * Parses JSON in which every member has one meaning: of two members with one name (RFC 8259 leaves open which counts)
 * another reader could take the other one, so they are refused.
 *
 * @throws {JsonRefused} saying what is wrong, without quoting
 */
export function parseStrictJson(text: string): unknown {
  if (exceedsDepth(text, maxDepth)) throw new JsonRefused('too-deep', `it nests deeper than ${maxDepth} levels`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new JsonRefused('not-json', 'it is not JSON');
  }
  scan(text);
  return value;
}

/** Walks over text that is known to be JSON, looking at the names of members only. */
function scan(text: string): void {
  // Per open bracket the names so far; an array has none.
  const open: (Set<string> | undefined)[] = [];
  let expectsName = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const names = open.at(-1);
      if (expectsName && names) {
        note(names, JSON.parse(text.slice(at, end + 1)) as string);
        expectsName = false;
      }
      at = end;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      expectsName = character === '{';
    } else if (character === '}' || character === ']') {
      open.pop();
      expectsName = false;
    } else if (character === ',') expectsName = open.at(-1) !== undefined;
  }
}

function endOfString(text: string, begin: number): number {
  for (let at = begin + 1; ; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
}

function note(names: Set<string>, name: string): void {
  if (names.has(name)) throw new JsonRefused('duplicate-member', 'it names a member twice');
  if (name === '__proto__') throw new JsonRefused('duplicate-member', 'it names a member __proto__');
  names.add(name);
}
