import { UnreadableRecord } from './unreadable-record.ts';

/** Levels of objects and arrays. Schemas, PostgreSQL and signers recurse: what is deeper could end a process. */
const maxDepth = 64;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON of a value that a stranger wrote. Of two members with one name the last counts (RFC 8259 leaves it open),
 * and nothing behind this line sees the text again, so no second reader can take the first one.
 *
 * @throws {UnreadableRecord} when it is not JSON in UTF-8, nests deeper than 64 levels, or names a member `__proto__`
 */
export function parseJson(bytes: Buffer): unknown {
  const value = parse(decode(bytes));
  // By levels and not by recursion: the depth is the stranger's choice.
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw new UnreadableRecord(`the value nests deeper than ${maxDepth} levels`);
    level = level.flatMap(members);
  }
  return value;
}

/** The objects and arrays right inside of a value. */
function members(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  // As an own member it is harmless until someone copies the object with an assignment, which sets a prototype.
  if (Object.hasOwn(value, '__proto__')) throw new UnreadableRecord('a member must not be named __proto__');
  return Object.values(value).filter((member) => typeof member === 'object' && member !== null);
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new UnreadableRecord('the value is not UTF-8', { cause });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: the parser's own message quotes the value, which may hold personal data.
    throw new UnreadableRecord('the value is not JSON');
  }
}
