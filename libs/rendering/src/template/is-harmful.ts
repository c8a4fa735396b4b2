import type { TemplateRule } from './template-finding.ts';

const HARMFUL = new Set<TemplateRule>([
  'kind',
  'size',
  'encoding',
  'well-formed',
  'doctype',
  'script',
  'element',
  'style',
  'reserved',
  'external-reference',
  'data-type',
  'expansion',
  'cost',
  'number',
  'picture',
  'font',
]);

/** Whether a template is refused by this rule even to be tried out; a missing QR code or an unknown slot only keeps it from being published. */
export function isHarmful(rule: TemplateRule): boolean {
  return HARMFUL.has(rule);
}
