import type { HostileTemplate } from './hostile-template.ts';
import type { TemplateRule } from './template-finding.ts';

const SAID = '{{recipient.name}}, {{achievement.name}}, {{certificate.issuedOn}}, {{certificate.number}}';

/** A good template of HTML with something hostile in its third line, or, if `isAll`, with nothing else in place of its body. */
export function hostileHtml(
  name: string,
  tries: string,
  inside: string,
  rule: TemplateRule | undefined,
  isAll = false,
): HostileTemplate {
  const good = `<div data-slot="qr" style="width:30mm;height:30mm"></div><h1>${SAID}</h1>`;
  const source = isAll
    ? `<!doctype html><html><head><title>a</title></head>\n\n${inside}</html>\n`
    : `<!doctype html><html><head><title>a</title></head><body>\n${good}\n${inside}\n</body></html>\n`;
  return { name, tries, mediaType: 'text/html', source, rule, line: 3 };
}
