import { SaxesParser } from 'saxes';
import type { Finding, Markup, MarkupAttribute, MarkupElement } from './markup.ts';

/** Reads an SVG file; names what makes it none, or dangerous to read, and then gives what was read until there. */
export function readSvg(source: string): { markup: Markup; findings: Finding[] } {
  const elements: MarkupElement[] = [];
  const texts: Markup['texts'][number][] = [];
  const findings: Finding[] = [];
  const open: MarkupElement[] = [];
  let attributes: MarkupAttribute[] = [];
  let start = 0;
  let isBroken = false;
  const parser = new SaxesParser({ position: true, xmlns: true });
  const bare = (name: string) => name.replace(/^.*:/, '');
  parser.on('error', (error) => {
    if (isBroken) return;
    isBroken = true;
    findings.push({
      at: Math.max(0, parser.position - 1),
      rule: 'well-formed',
      reason: `This is no well-formed XML: ${error.message.replace(/^(?:undefined:)?\d+:\d+: /, '')}`,
      advice: 'Save the drawing again as plain SVG, or close what is open and write & as &amp; and < as &lt;.',
    });
  });
  parser.on('doctype', () =>
    findings.push({
      at: Math.max(0, source.lastIndexOf('<!', parser.position)),
      rule: 'doctype',
      reason: 'A document type can define entities that grow without end.',
      advice: 'Delete the <!DOCTYPE ...> with everything in it; SVG needs none.',
    }),
  );
  parser.on('processinginstruction', ({ target }) =>
    findings.push({
      at: Math.max(0, source.lastIndexOf('<?', parser.position)),
      rule: 'external-reference',
      reason: `The instruction <?${target}?> can load a style sheet.`,
      advice: 'Delete it, and write styles into a <style> element.',
    }),
  );
  parser.on('opentagstart', () => {
    start = Math.max(0, source.lastIndexOf('<', parser.position - 1));
    attributes = [];
  });
  parser.on('attribute', ({ name, value }) => {
    attributes.push({ name, value, at: Math.max(start, source.lastIndexOf(name, parser.position - 1)) });
  });
  parser.on('opentag', ({ name }) => {
    const element = { name: bare(name).toLowerCase(), at: start, attributes, parent: open.at(-1) };
    elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  const text = (value: string) => {
    if (value.trim() !== '')
      texts.push({ value, at: Math.max(0, parser.position - value.length - 1), parent: open.at(-1) });
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.write(source).close();
  return { markup: { elements, texts }, findings };
}
