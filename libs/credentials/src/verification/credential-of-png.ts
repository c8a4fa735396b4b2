import { maxTokenBytes } from '../signing/max-token-bytes.ts';
import type { PresentedCredential } from './presented-credential.ts';
import type { RefusalCode } from './refusal-codes.ts';

const signature = Buffer.from('89504e470d0a1a0a', 'hex');
const keyword = Buffer.from('openbadgecredential\0', 'latin1');
const texts = new Set(['tEXt', 'zTXt', 'iTXt']);

/**
 * Takes the credential out of a baked PNG (Open Badges 3.0, 5.3.1): the text of its one iTXt chunk that is called
 * `openbadgecredential`. Walks over the heads of chunks only and inflates nothing, so a file costs what its length costs.
 */
export function credentialOfPng(png: Buffer): PresentedCredential {
  if (!png.subarray(0, signature.length).equals(signature)) return refused('not-as-issued', 'it is no PNG file');
  const baked: { type: string; text: Buffer }[] = [];
  let at = signature.length;
  for (let type = ''; type !== 'IEND';) {
    // Length, type and checksum of a chunk have 12 bytes.
    if (at + 12 > png.length) return refused('cut-off', 'the PNG file ends before it is complete');
    const length = png.readUInt32BE(at);
    if (length > png.length - at - 12) return refused('cut-off', 'the PNG file ends before it is complete');
    type = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (texts.has(type) && data.subarray(0, keyword.length).equals(keyword)) {
      baked.push({ type, text: data.subarray(keyword.length) });
    }
    at += 12 + length;
  }
  if (at !== png.length) return refused('not-as-issued', 'something was added behind the end of the PNG file');
  const [chunk] = baked;
  if (!chunk) return refused('no-credential', 'no credential is baked into the PNG file');
  if (baked.length > 1) return refused('several-credentials', 'more than one credential is baked into the PNG file');
  const { type, text } = chunk;
  if (type === 'zTXt' || (type === 'iTXt' && text[0] !== 0)) {
    return refused('compressed', 'the credential in the PNG file is compressed, which none of ours is');
  }
  // Behind the keyword: not compressed, method 0, no language, no translated keyword.
  if (type !== 'iTXt' || text.length < 4 || text.readUInt32BE(0) !== 0) {
    return refused('not-as-issued', 'the credential is not baked into the PNG file as Laurel does it');
  }
  if (text.length - 4 > maxTokenBytes) {
    return refused('too-long', `the credential in the PNG file is longer than ${maxTokenBytes} bytes`);
  }
  // A byte that is none of a token stays one.
  return { ok: true, credential: text.toString('latin1', 4) };
}

const refused = (code: RefusalCode, reason: string): PresentedCredential => ({ ok: false, code, reason });
