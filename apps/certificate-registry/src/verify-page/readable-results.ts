import type { VerifiedCertificate } from '../verify-certificate/verification.ts';

/** A line of the page. */
export interface ReadableResult {
  readonly label: string;
  readonly value: string;
}

const noBreakSpace = '\u00a0';

/**
 * The signed claims of a certificate as people read them: `preEnrolmentCode` is "Pre-enrolment code", a percentage has its
 * sign. Left out is what is made for programs (ids, and the version of what an id names) and what the page says already;
 * all of it stands in the credential.
 */
export function readableResults({ results, achievement, number, recipient }: VerifiedCertificate): ReadableResult[] {
  const named = new Set(results.map(({ name }) => name));
  const said = new Set([achievement.name, recipient.name, number]);
  return results
    .filter(({ name, value }) => {
      const versioned = /^(.+?)[ _-]?version$/i.exec(name)?.[1];
      const isVersionOfId =
        versioned !== undefined && [`${versioned}Id`, `${versioned}_id`, `${versioned}-id`].some((id) => named.has(id));
      return !isId(name) && !isVersionOfId && !said.has(value);
    })
    .map(({ name, type, value }) => ({
      label: labelOf(name),
      value: type === 'Percent' ? `${value}${noBreakSpace}%` : value,
    }));
}

/** `id`, `batchId`, `batch_id`; not `paid` and not `covid`. */
const isId = (name: string) => /(^|[\p{Ll}\d])I[dD]s?$|(^|[ _-])ids?$/u.test(name);

const prefixes = ['co', 'non', 'post', 'pre', 'self', 'sub'];

/** Words of a name that was made for programs, as a sentence would have them. */
function labelOf(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, ' ')
    // Between `course` and `Title`, and between `GPA` and `Value`.
    .replaceAll(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => (/^\p{Lu}\p{Ll}/u.test(word) ? word.toLowerCase() : word));
  const [first = '', ...rest] = words;
  const text = rest.length > 0 && prefixes.includes(first) ? `${first}-${rest.join(' ')}` : words.join(' ');
  // A name of signs alone has no words.
  return text === '' ? name : text.replace(/^./u, (letter) => letter.toUpperCase());
}
