import { createHmac } from 'node:crypto';

/** The headers of one attempt. */
export interface WebhookHeaders extends Record<string, string> {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/**
 * Signs one attempt (Standard Webhooks 1.0, "Signature scheme", version v1): HMAC-SHA256 over `<id>.<timestamp>.<body>`, in
 * base64, once for each key, the newest first.
 *
 * @param id without a dot, which would move the borders of the signed parts
 * @param at milliseconds since 1970; the header has seconds
 * @param body exactly the bytes that are sent
 */
export function signWebhook(id: string, at: number, body: Buffer, keys: readonly Buffer[]): WebhookHeaders {
  if (id.includes('.')) throw new RangeError('a webhook-id must not hold a dot');
  const timestamp = String(Math.floor(at / 1000));
  const signatures = keys.map((key) => {
    const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
    return `v1,${digest}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
