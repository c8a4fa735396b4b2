import { checkCost } from './check-cost.ts';
import { checkElements } from './check-elements.ts';
import { checkFit } from './check-fit.ts';
import { checkFonts } from './check-fonts.ts';
import { checkGrowth } from './check-growth.ts';
import { checkKind } from './check-kind.ts';
import { checkMissing } from './check-missing.ts';
import { checkNumbers } from './check-numbers.ts';
import { checkPictures } from './check-pictures.ts';
import { checkQr } from './check-qr.ts';
import { checkReferences } from './check-references.ts';
import { checkRepeats } from './check-repeats.ts';
import { checkSlots } from './check-slots.ts';
import { checkStyles } from './check-styles.ts';
import { checkTexts } from './check-texts.ts';
import { placeFindings } from './place-findings.ts';
import { readTemplate } from './read-template.ts';
import { slotsOfMarkup } from './slots-of-markup.ts';
import type { TemplateFinding } from './template-finding.ts';

/**
 * Everything that speaks against a template, in the order of the file; it may be published if none is of level `error`. Looks at the text alone: no browser, no
 * clock, no network; in time that grows as the file does. Throws nothing, whatever the file is.
 */
export function checkTemplate(template: { readonly mediaType: string; readonly source: string }): TemplateFinding[] {
  const { source } = template;
  const kind = checkKind(template);
  // Nothing else is looked at: reading it would be the harm.
  if (
    kind.some(({ rule }) => rule === 'size' || rule === 'encoding') ||
    !/^(?:image\/svg\+xml|text\/html)$/.test(template.mediaType)
  )
    return placeFindings(source, kind);
  const { markup, findings: read } = readTemplate(template);
  const isWhole = !read.some(({ rule }) => rule === 'well-formed' || rule === 'expansion');
  return placeFindings(source, [
    ...kind,
    ...read,
    ...(kind.length === 0 || markup.elements.length > 0 ? checkElements(markup) : []),
    ...checkGrowth(markup),
    ...checkReferences(markup),
    ...checkStyles(markup),
    ...checkCost(markup),
    ...checkNumbers(markup),
    ...checkPictures(markup),
    ...checkFonts(markup),
    ...checkTexts(markup),
    ...checkSlots(markup),
    ...checkRepeats(markup),
    ...checkFit(markup),
    // Of half a file nobody knows what it lacks.
    ...(isWhole ? [...checkQr(markup), ...checkMissing(slotsOfMarkup(markup).slots)] : []),
  ]);
}
