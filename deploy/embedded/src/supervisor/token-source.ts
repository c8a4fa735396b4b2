import { clientToken } from '../oidc/client-token.ts';

/** Gives an access token of one client again until a minute before its end. */
export function tokenSource(issuer: string, id: string, secret: string): () => Promise<string> {
  let held: { token: string; until: number } | undefined;
  return async () => {
    if (held === undefined || Date.now() > held.until) {
      const { token, seconds } = await clientToken(issuer, id, secret);
      held = { token, until: Date.now() + Math.max(seconds - 60, 1) * 1000 };
    }
    return held.token;
  };
}
