import type { AllocatedCertificate } from '@laurel/certificates';
import { shownText } from './shown-text.ts';

/** A repeated part's rows by the list's slot (`claims.marks`), in each the values by the names that its part uses (`subject`). */
export type SlotLists = Record<string, Record<string, string>[]>;

/** The lists that a template can show: the claims and the meta that are arrays of flat objects. */
export function slotLists({ request }: AllocatedCertificate): SlotLists {
  const { claims, meta = {}, timeZone = 'UTC' } = request;
  const lists: SlotLists = {};
  for (const [kind, values] of Object.entries({ claims, meta })) {
    for (const [name, value] of Object.entries(values)) {
      if (isList(value)) lists[`${kind}.${name}`] = value.map((row) => rowOf(row, timeZone));
    }
  }
  return lists;
}

function rowOf(row: object, timeZone: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) => {
      const text = shownText(value, timeZone);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

/** Every row an object whose members have no members of their own. */
function isList(value: unknown): value is object[] {
  const isFlat = (row: unknown) =>
    isObject(row) && !Object.values(row).some((each) => isObject(each) || Array.isArray(each));
  return Array.isArray(value) && value.length > 0 && value.every(isFlat);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
