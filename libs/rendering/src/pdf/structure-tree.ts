import type { PdfAssembly } from './pdf-assembly.ts';
import { textString } from './text-string.ts';

/** Something that a document says, and where its marked content stands. */
export interface Spoken {
  readonly tag: 'H1' | 'P' | 'Figure';
  readonly text: string;
  /** The form that its content stands in; else it is the page. */
  readonly form?: number;
  readonly mcid: number;
  /** Of a figure, in points: left, bottom, right, top. */
  readonly box?: readonly number[];
}

/** What a content stream's object has to name (`/StructParents`): the page has 0, each form its own. */
export type Parents = ReadonlyMap<number | undefined, number>;

/**
 * Writes the structure of a document of one page (ISO 32000-1, 14.7): a Document with what is said in reading order, each with its text, and the way back from marked
 * content to it. Gives the number of the tree's root.
 */
export function writeStructure(
  pdf: PdfAssembly,
  { page, spoken, parents, language }: { page: number; spoken: readonly Spoken[]; parents: Parents; language: string },
): number {
  const root = pdf.reserve();
  const document = pdf.reserve();
  const lists = new Map([...parents.values()].map((parent): [number, string[]] => [parent, []]));
  const kids = spoken.map(({ tag, text, form, mcid, box }) => {
    const content = form === undefined ? `${mcid}` : `<</Type /MCR\n/Pg ${page} 0 R\n/Stm ${form} 0 R\n/MCID ${mcid}>>`;
    const says = tag === 'Figure' ? `/Alt ${textString(text)}` : `/ActualText ${textString(text)}`;
    const layout = box === undefined ? '' : `\n/A <</O /Layout\n/Placement /Block\n/BBox [${box.join(' ')}]>>`;
    const number = pdf.write(
      `<</Type /StructElem\n/S /${tag}\n/P ${document} 0 R\n/Pg ${page} 0 R\n/K ${content}\n${says}${layout}>>`,
    );
    const list = lists.get(parents.get(form) ?? 0);
    if (list !== undefined) list[mcid] = `${number} 0 R`;
    return `${number} 0 R`;
  });
  pdf.write(`<</Type /StructElem\n/S /Document\n/P ${root} 0 R\n/Lang ${language}\n/K [${kids.join(' ')}]>>`, document);
  const numbers = [...lists].map(([parent, list]) => `${parent} [${list.join(' ')}]`).join('\n');
  return pdf.write(
    `<</Type /StructTreeRoot\n/K ${document} 0 R\n/ParentTree <</Nums [${numbers}]>>\n/ParentTreeNextKey ${lists.size}>>`,
    root,
  );
}
