import type { KeyObject } from 'node:crypto';
import type { Signer } from '@laurel/credentials';

/** An opened key, as what it can do. */
export type OpenedKey =
  { readonly purpose: 'jwt'; readonly sign: Signer } | { readonly purpose: 'integrity'; readonly key: KeyObject };
