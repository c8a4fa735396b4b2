import { OutboundError } from './outbound-error.ts';

const kinds: Readonly<Record<string, readonly [OutboundError['kind'], string]>> = {
  ENOTFOUND: ['dns', 'The host is not known'],
  EAI_AGAIN: ['dns', 'The name server of the host does not answer'],
  EAI_FAIL: ['dns', 'The name server of the host does not answer'],
  ENODATA: ['dns', 'The host has no address'],
  ECONNREFUSED: ['connect', 'The host refuses the connection'],
  EHOSTUNREACH: ['connect', 'The host cannot be reached'],
  ENETUNREACH: ['connect', 'The host cannot be reached'],
  EADDRNOTAVAIL: ['connect', 'The host cannot be reached'],
  ETIMEDOUT: ['timeout', 'The host takes no connection in time'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'The host takes no connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'The answer took too long'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'The answer took too long'],
  UND_ERR_HEADERS_OVERFLOW: ['protocol', 'The header of the answer is too large'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['protocol', 'The answer is not the length that it says'],
  ECONNRESET: ['reset', 'The connection broke before the answer was whole'],
  EPIPE: ['reset', 'The connection broke before the answer was whole'],
  UND_ERR_SOCKET: ['reset', 'The connection broke before the answer was whole'],
};

/** Turns whatever a request died of into an {@link OutboundError}. Only codes are read: messages hold addresses. */
export function explainFailure(error: unknown): OutboundError {
  for (let current = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth++) {
    if (current instanceof OutboundError) return current;
    // Happy eyeballs tries several addresses and collects what each one said.
    const code =
      codeOf(current) ?? (current instanceof AggregateError ? current.errors.map(codeOf).find(Boolean) : undefined);
    const [kind, words] = kinds[code ?? ''] ?? [];
    if (kind && words) return new OutboundError(kind, words);
    if (current.name === 'HTTPParserError' || code?.startsWith('HPE_'))
      return new OutboundError('protocol', 'What came back is no HTTP');
    if (code && isTls(code)) return new OutboundError('tls', `The TLS connection failed (${code})`);
  }
  return new OutboundError('connect', 'The request failed', true, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

const isTls = (code: string) =>
  /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_OSSL|INVALID_CA|CRL_)/.test(
    code,
  );
