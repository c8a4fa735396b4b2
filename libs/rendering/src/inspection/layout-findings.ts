import type { Misfit } from '../page/page-state.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import type { Finding, Markup } from '../template/markup.ts';
import { PICTURE_DPI } from '../template/picture-dpi.ts';
import { QR_MM } from '../template/qr-millimetres.ts';
import type { MeasuredPage } from './measure-page.ts';
import type { LongestText } from './template-inspection.ts';

const MM = 25.4 / 96;
const SMALLEST_PT = 5;
/** Of the modules of a QR code: error correction M restores 15 in 100, and a crumpled paper needs them itself. */
const MOST_WRONG = 0.01;
const SHORT = 30;
const TOO_SHORT = 12;

/** What was found out about a template. */
export interface Layout {
  readonly markup: Markup;
  readonly pages: readonly MeasuredPage[];
  readonly misfits: readonly Misfit[];
  readonly wrong: readonly { readonly place: number; readonly part: number }[];
  readonly longest: readonly LongestText[];
}

/** What a layout tells against a template, each thing once. */
export function layoutFindings({ markup, pages, misfits, wrong, longest }: Layout): Finding[] {
  const findings = new Map<string, Finding>();
  const add = (finding: Finding, about = '') => {
    const at = Math.max(0, finding.at);
    const key = `${at} ${finding.rule} ${about}`;
    if (!findings.has(key)) findings.set(key, { ...finding, at });
  };
  for (const page of pages) {
    for (const { place, x, y, width, height } of page.codes) {
      const size = Math.min(width, height) * MM;
      if (size < QR_MM.good - 0.05) add({ at: place, ...QR_MM.finding(size) });
      if (x < -1 || y < -1 || x + width > page.width + 1 || y + height > page.height + 1)
        add({
          at: place,
          rule: 'off-page',
          reason: 'The QR code reaches over the edge of the page.',
          advice: 'Move it onto the page, 5 mm from its edge or more.',
        });
    }
    for (const { place, pixels, scale } of page.pictures) {
      if (pixels[0] === 0)
        add({
          at: place,
          rule: 'picture',
          reason: 'The picture cannot be drawn: its file is broken.',
          advice: 'Save it again as PNG or JPEG.',
        });
      else for (const finding of PICTURE_DPI.findings(place, scale * MM, ...pixels)) add(finding);
    }
    for (const { place, size, text, x, y, width, height } of page.texts) {
      const points = size * 0.75;
      if (points < SMALLEST_PT - 0.05)
        add({
          at: place,
          rule: 'small-text',
          level: 'advice',
          reason: `“${text}” is ${points.toFixed(1)} points high on paper.`,
          advice: `Below ${SMALLEST_PT} points few people can read it: make it larger.`,
        });
      if (x < -1 || y < -1 || x + width > page.width + 1 || y + height > page.height + 1)
        add({
          at: place,
          rule: 'off-page',
          level: 'advice',
          reason: `“${text}” reaches over the edge of the page.`,
          advice: 'Move it, or make it smaller: what is beyond the edge is not printed.',
        });
    }
  }
  for (const { place, part } of wrong)
    if (part > MOST_WRONG)
      add(
        {
          at: place,
          rule: 'qr',
          reason: `${Math.ceil(part * 100)} % of the QR code does not look as it should: something lies on it, or it is coloured, shines through or is cut.`,
          advice: 'Leave its place free, and put nothing over it: Laurel draws it black on white, with its margin.',
        },
        'covered',
      );
  for (const { slot, into, width, allowed, unit } of misfits) {
    const at = placeOfSlot(markup, slot);
    if (unit === 'rows') continue;
    if (into === undefined)
      add(
        {
          at,
          rule: 'fit',
          reason: `An ordinary text of ${slot} does not fit: it is ${width} wide, and there is room for ${allowed}.`,
          advice: 'Make its place wider (data-fit-width), its letters smaller, or let it take more lines (data-wrap).',
        },
        slot,
      );
    else
      add(
        {
          at,
          rule: into === 'page' ? 'off-page' : 'overlap',
          reason:
            into === 'page'
              ? `An ordinary text of ${slot} leaves the page.`
              : `Ordinary texts of ${slot} and ${into} run into each other.`,
          advice: 'Give each its own place: move one of them, or limit its width (data-fit-width).',
        },
        `${slot} ${into}`,
      );
  }
  for (const slot of new Set(longest.map((text) => text.slot))) {
    const latin = longest.find((text) => text.slot === slot && text.script === 'Latn')?.characters ?? SHORT;
    if (latin >= SHORT || misfits.some((misfit) => misfit.slot === slot || misfit.into === slot)) continue;
    add(
      {
        at: placeOfSlot(markup, slot),
        rule: 'fit',
        ...(latin < TOO_SHORT ? {} : { level: 'advice' }),
        reason: `The longest text of ${slot} that fits has ${latin} letters; a longer one is refused when it is issued.`,
        advice: 'Make its place wider (data-fit-width), or let it take more lines (data-wrap="2").',
      },
      slot,
    );
  }
  return [...findings.values()];
}

/** Where a slot is written first. */
function placeOfSlot({ texts, elements }: Markup, slot: string): number {
  const holds = (text: string) =>
    text.includes('{') && parseSlots(text).some((part) => typeof part !== 'string' && part.slot === slot);
  const text = texts.find(({ value }) => holds(value));
  return (
    text?.at ??
    elements
      .flatMap(({ attributes }) => attributes)
      .find(({ name, value }) => holds(value) || (name === 'data-each' && value.trim() === slot))?.at ??
    0
  );
}
