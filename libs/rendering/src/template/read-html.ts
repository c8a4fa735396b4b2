import { defaultTreeAdapter, type DefaultTreeAdapterMap, type DefaultTreeAdapterTypes, Parser } from 'parse5';
import type { Finding, Markup, MarkupElement, MarkupText } from './markup.ts';

// A browser's parser makes elements that nobody wrote, and quadratically many of some files: https://html.spec.whatwg.org/#reconstruct-the-active-formatting-elements
const MOST_ELEMENTS = 50_000;
const DEEPEST = 200;
const MOST_ATTRIBUTES = 1000;
/** A piece of the source: between two of them the reader looks how far a tag has grown. */
const PIECE = 16_384;

class Overgrown extends Error {
  readonly at: number;

  constructor(reason: string, at: number | undefined) {
    super(reason);
    this.at = at ?? 0;
  }
}

/**
 * Reads an HTML file as a browser does that runs no scripts (WHATWG HTML, 13.2): there is none that it could not read, but some that it would not end to read. They
 * are refused as soon as they show it, and nothing of them is given.
 */
export function readHtml(source: string): { markup: Markup; findings: Finding[] } {
  const elements: MarkupElement[] = [];
  const texts: MarkupText[] = [];
  const markup: Markup = { kind: 'html', source, elements, texts };
  let document: DefaultTreeAdapterTypes.Document;
  const findings: Finding[] = [];
  try {
    document = parse(source, findings);
  } catch (error) {
    if (!(error instanceof Overgrown)) throw error;
    return { markup, findings: [{ at: error.at, rule: 'expansion', reason: error.message, advice: ADVICE }] };
  }
  // In the order of the file, without recursion: depth is the author's choice.
  const next = [...document.childNodes]
    .reverse()
    .map((node): [DefaultTreeAdapterTypes.ChildNode, MarkupElement | undefined] => [node, undefined]);
  for (let step = next.pop(); step !== undefined; step = next.pop()) {
    const [node, parent] = step;
    if (node.nodeName === '#text') {
      const { value, sourceCodeLocation } = node as DefaultTreeAdapterTypes.TextNode;
      if (value.trim() !== '') texts.push({ value, at: sourceCodeLocation?.startOffset ?? 0, parent });
      continue;
    }
    if (!('tagName' in node)) continue;
    const element = elementOf(node, parent);
    elements.push(element);
    const inside = 'content' in node ? [...node.childNodes, ...node.content.childNodes] : node.childNodes;
    for (let at = inside.length - 1; at >= 0; at--) {
      const child = inside[at];
      if (child !== undefined) next.push([child, element]);
    }
  }
  return { markup, findings };
}

const ADVICE = 'Close each element that you open, and take out what only holds other elements.';
const SPACES: Readonly<Record<string, MarkupElement['space']>> = {
  'http://www.w3.org/1999/xhtml': 'html',
  'http://www.w3.org/2000/svg': 'svg',
};

function elementOf(node: DefaultTreeAdapterTypes.Element, parent: MarkupElement | undefined): MarkupElement {
  const location = node.sourceCodeLocation;
  const at = location?.startOffset ?? 0;
  return {
    name: node.tagName.toLowerCase(),
    space: SPACES[node.namespaceURI] ?? 'other',
    at,
    attributes: node.attrs.map(({ name, prefix, value }) => {
      const whole = prefix ? `${prefix}:${name}` : name;
      return { name: whole, value, at: location?.attrs?.[whole.toLowerCase()]?.startOffset ?? at };
    }),
    parent,
  };
}

function parse(source: string, findings: Finding[]): DefaultTreeAdapterTypes.Document {
  let count = 0;
  let depth = 0;
  // The token that becomes elements now, and the one that is being read.
  const here = () => parser['currentToken']?.location?.startOffset;
  const reading = () => parser.tokenizer['currentToken']?.location?.startOffset;
  const parser: Parser<DefaultTreeAdapterMap> = new Parser({
    sourceCodeLocationInfo: true,
    scriptingEnabled: false,
    onParseError: ({ code, startOffset }) => {
      if (!code.startsWith('eof-in-')) return;
      const at = reading() ?? startOffset;
      const reason = 'Something that begins here, a tag, a comment or a style, is not closed; a browser leaves it out.';
      findings.push({ at, rule: 'well-formed', reason, advice: 'Write the closing quote, >, --> or </style>.' });
    },
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement: (...of) => {
        if (++count > MOST_ELEMENTS)
          throw new Overgrown(`Read as a browser does, it has over ${MOST_ELEMENTS} elements.`, here());
        return defaultTreeAdapter.createElement(...of);
      },
      onItemPush: () => {
        if (++depth > DEEPEST) throw new Overgrown(`Elements stand in one another more than ${DEEPEST} deep.`, here());
      },
      onItemPop: () => void depth--,
    },
  });
  const { tokenizer } = parser;
  for (let from = 0; from < source.length; from += PIECE) {
    tokenizer.write(source.slice(from, from + PIECE), from + PIECE >= source.length);
    const token = tokenizer['currentToken'];
    if (token !== null && 'attrs' in token && token.attrs.length > MOST_ATTRIBUTES)
      throw new Overgrown(`A tag has more than ${MOST_ATTRIBUTES} attributes.`, reading());
  }
  if (source === '') tokenizer.write('', true);
  return parser.document;
}
