import type { OwnTerms } from './own-terms.ts';

/** A JSON-LD context of ours, and where the world reads it. */
export interface OwnContext {
  readonly address: string;
  readonly document: { readonly '@context': Readonly<Record<string, unknown>> };
}

/**
 * The context of a credential type's own terms (JSON-LD 1.1, sections 4.1 and 4.1.11). A published version never changes, so neither
 * does this: certificates that stand on it are out there. Protected, so that no context behind it can give its names another meaning.
 * Each term is an IRI below its address, and its values are texts.
 */
export function ownContext({ publicUrl, tenantId, typeId, version, names }: OwnTerms): OwnContext {
  const address = `${publicUrl}/contexts/${encodeURIComponent(tenantId)}/${encodeURIComponent(typeId)}/${version}`;
  const terms = names.map((name) => [name, { '@id': `${address}#${name}` }]);
  return {
    address,
    document: { '@context': { '@version': 1.1, '@protected': true, ...(Object.fromEntries(terms) as object) } },
  };
}
