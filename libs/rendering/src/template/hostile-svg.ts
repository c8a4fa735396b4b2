import type { HostileTemplate } from './hostile-template.ts';
import type { TemplateRule } from './template-finding.ts';

const SAID = '{{recipient.name}}, {{achievement.name}}, {{certificate.issuedOn}}, {{certificate.number}}';

/** A good template of SVG with something hostile in its third line, or before the root. */
export function hostileSvg(
  name: string,
  tries: string,
  written: string,
  rule: TemplateRule | undefined,
  isBefore = false,
): HostileTemplate {
  const inside = written.replaceAll('<text>', '<text x="99" y="900" font-size="50">');
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" width="297mm" height="210mm" viewBox="0 0 2970 2100">
<rect data-slot="qr" x="99" y="99" width="300" height="300"/><text x="99" y="600" font-size="50" data-fit-width="2800">${SAID}</text>
${isBefore ? '' : inside}
</svg>
`;
  return {
    name,
    tries,
    mediaType: 'image/svg+xml',
    source: isBefore ? `${inside}\n${whole}` : whole,
    rule,
    line: isBefore ? 1 : 3,
  };
}
