import { v5 } from 'uuid';

/** The namespace of every UUID that Laurel derives from names (RFC 9562, section 5.5). It never changes. */
const laurel = '6f1c7c60-3f0e-5d0b-9b2e-0c6b6f2d9a51';

/**
 * The version-5 UUID of a thing that its maker named: the same parts give the same UUID in every service.
 *
 * @param tenant the tenant's id
 * @param kind what is named: `enrolment`, `learner`, `occasion`…
 * @param names the maker's ids; they are printable, so the separator (a control character) cannot stand in them
 */
export function stableUuid(tenant: string, kind: string, ...names: string[]): string {
  return v5([tenant, kind, ...names].join('\u001f'), laurel);
}
