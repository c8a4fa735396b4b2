import { SaxesParser } from 'saxes';
import type { Finding, Markup, MarkupAttribute, MarkupElement, MarkupText } from './markup.ts';

const MOST_ELEMENTS = 50_000;
const DEEPEST = 200;
const MOST_ATTRIBUTES = 1000;

/** Ends the reading: the finding is written already. */
class Enough extends Error {}

const SPACES: Readonly<Record<string, MarkupElement['space']>> = {
  'http://www.w3.org/2000/svg': 'svg',
  'http://www.w3.org/1999/xhtml': 'html',
  // A file without a namespace is drawn by nobody, and is judged as what it means to be.
  '': 'svg',
};

/** Reads an SVG file (XML 1.0 with namespaces); names what makes it none, or dangerous to read, and then gives what was read until there. */
export function readSvg(source: string): { markup: Markup; findings: Finding[] } {
  const elements: MarkupElement[] = [];
  const texts: MarkupText[] = [];
  const findings: Finding[] = [];
  const open: MarkupElement[] = [];
  let start = 0;
  let count = 0;
  // Where the text that is being read begins.
  let after = 0;
  const parser = new SaxesParser({ position: true, xmlns: true });
  const here = (what: string) => Math.max(0, source.lastIndexOf(what, parser.position - 1));
  const end = (finding: Finding): never => {
    findings.push(finding);
    throw new Enough();
  };
  const tooMuch = (reason: string): never =>
    end({
      at: start,
      rule: 'expansion',
      reason,
      advice: 'Draw ornaments as one <path>, and take out groups that only hold one another.',
    });
  parser.on('error', (error) =>
    end({
      at: Math.max(0, parser.position - 1),
      rule: 'well-formed',
      reason: `This is no well-formed XML: ${error.message.replace(/^(?:undefined:)?\d+:\d+: /, '')}`,
      advice: 'Save the drawing again as plain SVG, or close what is open and write & as &amp; and < as &lt;.',
    }),
  );
  parser.on('xmldecl', ({ version }) => {
    after = parser.position;
    if (version !== undefined && version !== '1.0')
      end({
        at: here('<?'),
        rule: 'well-formed',
        reason: `XML ${version} is read by no browser.`,
        advice: 'Write <?xml version="1.0"?>, or delete the line.',
      });
  });
  parser.on('doctype', () => {
    findings.push({
      at: here('<!'),
      rule: 'doctype',
      reason: 'A document type can define entities that grow without end.',
      advice: 'Delete the <!DOCTYPE ...> with everything in it; SVG needs none.',
    });
    after = parser.position;
  });
  parser.on('processinginstruction', ({ target }) => {
    findings.push({
      at: here('<?'),
      rule: 'external-reference',
      reason: `The instruction <?${target}?> can load a style sheet.`,
      advice: 'Delete it, and write styles into a <style> element.',
    });
    after = parser.position;
  });
  parser.on('opentagstart', () => {
    start = here('<');
    count = 0;
    if (open.length > DEEPEST) tooMuch(`Elements stand in one another more than ${DEEPEST} deep.`);
    if (elements.length >= MOST_ELEMENTS) tooMuch(`It has more than ${MOST_ELEMENTS} elements.`);
  });
  parser.on('attribute', () => {
    if (++count > MOST_ATTRIBUTES) tooMuch(`A tag has more than ${MOST_ATTRIBUTES} attributes.`);
  });
  parser.on('opentag', ({ name, local, uri, attributes }) => {
    const places = attributePlaces(source, start + 1 + name.length, parser.position);
    const element = {
      name: local.toLowerCase(),
      space: SPACES[uri] ?? ('other' as const),
      at: start,
      attributes: Object.values(attributes).map(({ name, value }, at): MarkupAttribute => ({
        name,
        value,
        at: places[at] ?? start,
      })),
      parent: open.at(-1),
    };
    elements.push(element);
    open.push(element);
    after = parser.position;
  });
  parser.on('closetag', () => {
    open.pop();
    after = parser.position;
  });
  parser.on('comment', () => (after = parser.position));
  parser.on('text', (value) => {
    if (value.trim() !== '') texts.push({ value, at: after, parent: open.at(-1) });
  });
  parser.on('cdata', (value) => {
    if (value.trim() !== '') texts.push({ value, at: here('<![CDATA[') + 9, parent: open.at(-1) });
    after = parser.position;
  });
  try {
    parser.write(source).close();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return { markup: { kind: 'svg', source, elements, texts }, findings };
}

/** Where each attribute of a well-formed tag begins, in the order of the tag. */
function attributePlaces(source: string, from: number, to: number): number[] {
  const places: number[] = [];
  const attribute = /\s*([^\s=<>/"']+)\s*=\s*(?:"[^"]*"|'[^']*')/y;
  attribute.lastIndex = from;
  for (let match = attribute.exec(source); match?.[1] !== undefined && match.index < to; match = attribute.exec(source))
    places.push(match.index + match[0].length - match[0].trimStart().length);
  return places;
}
