import type { OwnTerms } from '../terms/own-terms.ts';
import { compileForm } from './compile-form.ts';
import type { CompiledForm } from './compiled-form.ts';
import { libraryForm } from './library-form.ts';
import { shapeOf } from './shape-of.ts';

/** A structure that was seen: how often, and its form once there is one; nothing is known of it before the second time. */
interface Seen {
  uses: number;
  form?: Promise<CompiledForm | undefined>;
}

/** How many structures are remembered; the one that was used longest ago goes first. */
const most = 256;
/** Longer structures than a certificate ever has are left to the library, or they would fill the memory. */
const longestKey = 20_000;
/** Each so manieth filling is compared with the library, which adds a hundredth of a millisecond to each. */
const sample = 1_000;

/** Canonical N-Quads: by a compiled form where there is a proven one, by the library everywhere else. */
export class CanonicalForms {
  readonly #seen = new Map<string, Seen>();

  /**
   * @param terms whose context the document may name beside those that are on board
   * @throws {IntegrityRefused} for what `shapeOf` refuses; the error of jsonld for what no context defines
   */
  async of(document: object, terms?: OwnTerms): Promise<string> {
    const { key, texts } = shapeOf(document);
    // The structure names a context of its own, but neither says what that defines nor whether it is the one of these terms.
    const seen = this.#remember(terms ? JSON.stringify(terms) + key : key);
    // Proving a form costs as much as 25 documents by the library: not for one that comes once.
    if (!seen || seen.uses === 1) return libraryForm(document, terms);
    seen.form ??= compileForm(document, terms);
    const ours = (await seen.form)?.fill(texts);
    if (ours !== undefined && seen.uses % sample !== 0) return ours;
    const theirs = await libraryForm(document, terms);
    // What was proven does not hold: from now on the library makes all of this structure.
    if (ours !== undefined && ours !== theirs) seen.form = Promise.resolve(undefined);
    return theirs;
  }

  #remember(key: string): Seen | undefined {
    if (key.length > longestKey) return undefined;
    const seen = this.#seen.get(key) ?? { uses: 0 };
    seen.uses++;
    // Last in the map, so that the first is the one that was used longest ago.
    this.#seen.delete(key);
    this.#seen.set(key, seen);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > most && oldest !== undefined) this.#seen.delete(oldest);
    return seen;
  }
}
