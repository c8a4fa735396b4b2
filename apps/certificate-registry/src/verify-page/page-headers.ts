import type { pageDocument } from './page-document.ts';

/** The headers of a page, whatever its status is. */
export function pageHeaders(
  { policy, language }: ReturnType<typeof pageDocument>,
  cache: 'no-store' | 'no-cache',
): Record<string, string> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-language': language,
    // One address, a page for each language: nothing between us and the reader may mix them up.
    vary: 'Accept-Language',
    'content-security-policy': policy,
    'cache-control': cache,
    'x-robots-tag': 'noindex',
  };
}
