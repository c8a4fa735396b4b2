// What the tests use of the package that they hold us against, which brings no types.
declare module '@digitalbazaar/vc-bitstring-status-list' {
  interface List {
    setStatus(index: number, status: boolean): void;
    getStatus(index: number): boolean;
    encode(): Promise<string>;
  }
  export function createList(options: { length: number }): Promise<List>;
  export function decodeList(options: { encodedList: string }): Promise<List>;
  export function checkStatus(options: {
    readonly credential: object;
    readonly documentLoader: (url: string) => Promise<object>;
    readonly suite: unknown;
  }): Promise<{ verified: boolean; results?: readonly { status: boolean }[]; error?: unknown }>;
}
