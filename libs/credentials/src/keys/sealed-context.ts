import { sealedKey } from './sealed-key.ts';

/** The associated data of a sealed key: the version of its layout, and where it belongs. */
export function sealedContext(context: string): Buffer {
  return Buffer.from(`laurel sealed key ${sealedKey.version}\0${context}`, 'utf8');
}
