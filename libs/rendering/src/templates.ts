// What a service needs that judges and offers templates and prints none: nothing here knows a browser.
export { builtInTemplates, type BuiltInTemplate } from './designs/built-in-templates.ts';
export { parseSlots } from './slots/parse-slots.ts';
export { slotName } from './slots/slot-name.ts';
export type { SlotPart } from './slots/slot-part.ts';
export { checkTemplate } from './template/check-template.ts';
export type { TemplateFinding, TemplateRule } from './template/template-finding.ts';
export { templateSlots } from './template/template-slots.ts';
export type { SlotImage, TemplateSource } from './template/template-source.ts';
export { isPinnedFamily } from './fonts/is-pinned-family.ts';
export { namedFamilies } from './template/named-families.ts';
export { templateLists } from './template/template-lists.ts';
export { coveredScripts, type CoveredScript } from './fonts/covered-scripts.ts';
export { uncoveredCharacter } from './fonts/uncovered-character.ts';
