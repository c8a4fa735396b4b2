/**
 * Why a request has no answer. `url`: what it says is refused. `address`: its name leads to no public address. `dns`: the name
 * is not known. `connect`, `tls`: no connection. `timeout`: too slow. `reset`: the connection broke. `protocol`: what came is
 * no HTTP, or its header is too large. `closed`: this client was closed meanwhile.
 */
export type OutboundErrorKind =
  | 'url' | 'address' | 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'protocol' | 'closed'; // prettier-ignore

/** A request without an answer. Its message may be shown to tenants: it holds no address and no answer of a resolver. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  constructor(
    readonly kind: OutboundErrorKind,
    message: string,
    /** Whether the same request may succeed later. */
    readonly retryable: boolean = kind !== 'url',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
