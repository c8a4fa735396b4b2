// What the tests use of the packages that they hold us against, which bring no types.
declare module '@digitalbazaar/vc' {
  interface Purpose {
    readonly suite: unknown;
    readonly documentLoader: (url: string) => Promise<object>;
    readonly now: Date;
    /** Asked where a credential has a status. */
    readonly checkStatus?: () => Promise<{ readonly verified: boolean }>;
  }
  export function issue(options: Purpose & { readonly credential: object }): Promise<{ proof: { proofValue: string } }>;
  export function verifyCredential(options: Purpose & { readonly credential: object }): Promise<{
    verified: boolean;
    error?: unknown;
  }>;
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: { cryptosuite: unknown; signer?: unknown; date?: Date });
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: unknown;
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ signer(): unknown }>;
}

declare module 'did-context' {
  const did: { readonly contexts: ReadonlyMap<string, object> };
  export default did;
}

declare module '@digitalbazaar/multikey-context' {
  const multikey: { readonly contexts: ReadonlyMap<string, object> };
  export default multikey;
}
