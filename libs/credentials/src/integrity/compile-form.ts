import jsonld from 'jsonld';
import { contextLoader } from '../terms/context-loader.ts';
import type { OwnTerms } from '../terms/own-terms.ts';
import { CompiledForm, type FormParts, type Token } from './compiled-form.ts';
import { libraryForm } from './library-form.ts';
import { shapeOf } from './shape-of.ts';
import { trialTexts } from './trial-texts.ts';
import { withTexts } from './with-texts.ts';

const mark = (index: number) => `urn:laurel-slot:${index}.`;
const tokens = /urn:laurel-slot:(\d+)\.|_:(b\d+)/g;
const trials = 25;
/** So many trials must be ones that the form can fill itself: in others nodes are alike, which says nothing of the form. */
const leastFilled = 15;

/**
 * Makes the canonical form of all documents with the structure of this one, and proves it against the library. Nothing where
 * that fails: a text that is not signed, stands where it is not a whole value, or comes out otherwise.
 *
 * @param terms whose context the document may name beside those that are on board
 */
export async function compileForm(document: object, terms?: OwnTerms): Promise<CompiledForm | undefined> {
  const { texts } = shapeOf(document);
  const marked = withTexts(
    document,
    texts.map((_, index) => mark(index)),
  );
  const quads = await jsonld
    .toRDF(marked, { format: 'application/n-quads', safe: true, documentLoader: contextLoader(terms) })
    .catch(() => undefined);
  const parts = quads === undefined ? undefined : partsOf(quads, texts.length);
  if (!parts) return undefined;
  const form = new CompiledForm(parts);
  let filled = 0;
  for (let trial = 0; trial < trials; trial++) {
    const tried = trialTexts(trial, texts.length, parts.iris);
    const ours = form.fill(tried);
    if (ours === undefined) continue;
    if (ours !== (await libraryForm(withTexts(document, tried), terms).catch(() => undefined))) return undefined;
    filled++;
  }
  return filled < leastFilled ? undefined : form;
}

/** Splits each line at the marks; nothing where one is missing or not a whole value. */
function partsOf(quads: string, count: number): FormParts | undefined {
  const nodes = new Map<string, number>();
  const [found, iris] = [new Set<number>(), new Set<number>()];
  const lines: Token[][] = [];
  for (const line of quads.split('\n').filter((each) => each !== '')) {
    const parts: Token[] = [];
    let end = 0;
    for (const match of line.matchAll(tokens)) {
      const [whole, slot, node] = match;
      const next = match.index + whole.length;
      const around = `${line[match.index - 1] ?? ''}${line[next] ?? ''}`;
      if (slot !== undefined && around !== '""' && around !== '<>') return undefined;
      // Within a constant it would be no blank node.
      if (node !== undefined && !/^ ?[ ]$/.test(around)) return undefined;
      parts.push(line.slice(end, match.index));
      if (slot !== undefined) {
        found.add(Number(slot));
        if (around === '<>') iris.add(Number(slot));
        parts.push({ text: Number(slot) });
      } else if (node !== undefined) {
        if (!nodes.has(node)) nodes.set(node, nodes.size);
        parts.push({ node: nodes.get(node) as number });
      }
      end = next;
    }
    parts.push(`${line.slice(end)}\n`);
    lines.push(parts.filter((part) => part !== ''));
  }
  // A text that no line holds would stand in the document unsigned.
  return found.size === count ? { lines, iris: [...iris], nodes: nodes.size } : undefined;
}
