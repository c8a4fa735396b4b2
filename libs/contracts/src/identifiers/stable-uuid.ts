import { v5 } from 'uuid';

/** The namespace of every UUID that Laurel derives from names (RFC 9562, section 5.5). It never changes. */
const laurel = '6f1c7c60-3f0e-5d0b-9b2e-0c6b6f2d9a51';
const separator = '\u001f';

/**
 * The version-5 UUID of a thing that its maker named: the same parts give the same UUID in every service.
 *
 * @param tenant the tenant's id
 * @param kind what is named: `enrolment`, `learner`, `occasion`…
 * @param names the maker's ids; they are printable, so the separator (a control character) cannot stand in them
 * @throws {RangeError} if it does, for then two things could have one UUID
 */
export function stableUuid(tenant: string, kind: string, ...names: string[]): string {
  const parts = [tenant, kind, ...names];
  if (parts.some((part) => part.includes(separator))) throw new RangeError('a part of an id holds a control character');
  return v5(parts.join(separator), laurel);
}
