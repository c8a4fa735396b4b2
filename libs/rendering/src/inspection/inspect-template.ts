import type { PrintPage } from '../print/print-page.ts';
import type { PrintRecord } from '../print/print-record.ts';
import type { TemplateContent } from '../print/render-plan.ts';
import { toPages } from '../print/to-pages.ts';
import { withPaths } from '../print/with-paths.ts';
import { parseSlots } from '../slots/parse-slots.ts';
import { checkTemplate } from '../template/check-template.ts';
import { isQrPlace } from '../template/is-qr-place.ts';
import { placeFindings } from '../template/place-findings.ts';
import { readTemplate } from '../template/read-template.ts';
import { slotsOfMarkup } from '../template/slots-of-markup.ts';
import { countWrongModules } from './count-wrong-modules.ts';
import { findLongest } from './find-longest.ts';
import { layoutFindings } from './layout-findings.ts';
import { type MeasuredBox, measurePage } from './measure-page.ts';
import { PLACE } from './place-attribute.ts';
import type { TemplateInspection } from './template-inspection.ts';
import { typicalRecords } from './typical-records.ts';
import { withPlaces } from './with-places.ts';

/** Pixels of a screenshot for one CSS pixel: a module of the smallest code that telephones read has two of those. */
const SCALE = 4;

/** Lays a harmless template out with ordinary values and looks at what became of it. Leaves the page without a template. */
export async function inspectTemplate(page: PrintPage, content: TemplateContent): Promise<TemplateInspection> {
  const { markup } = readTemplate(content);
  const { slots, lists } = slotsOfMarkup(markup);
  const places = markup.elements.filter(isQrPlace).map(({ at }) => at);
  const known = checkTemplate(content);
  const printable = { ...content, key: `inspected ${content.key}`, source: withPlaces(markup) };
  const { parsed } = await page.load(printable, parseSlots);
  try {
    await page.page.evaluate(
      (places: number[], attribute: string) => {
        document
          .querySelectorAll('[data-laurel-slot-name="qr"]')
          .forEach((code, at) => code.setAttribute(attribute, String(places[at] ?? -1)));
      },
      places,
      PLACE,
    );
    const lay = async (records: PrintRecord[]) => {
      const run = toPages(records);
      const { misfits, pairs } = await page.fill(
        { ...printable, texts: parsed, pairs: [] },
        withPaths(run),
        run.images,
        'whole',
        false,
      );
      return { misfits, pairs, run };
    };
    const [full, bare] = typicalRecords(slots, lists);
    const { misfits, run } = await lay([full, bare]);
    // Each page alone stands at the top, where its picture is taken.
    const pages = await page.page.evaluate(measurePage, PLACE);
    const [code] = withPaths(run);
    const wrong: { place: number; part: number }[] = [];
    for (const box of pages.flatMap(({ codes }) => codes)) {
      if (box.isTurned || box.width < 1 || code === undefined || wrong.some(({ place }) => place === box.place))
        continue;
      wrong.push({ place: box.place, part: await wrongPart(page, box, code.qr) });
    }
    const longest = await findLongest(slots, bare, async (records) => (await lay(records)).misfits);
    const findings = placeFindings(markup.source, layoutFindings({ markup, pages, misfits, wrong, longest }));
    const isKnown = ({ rule, line, column }: (typeof known)[number]) =>
      known.some((other) => other.rule === rule && other.line === line && other.column === column);
    return { findings: findings.filter((finding) => !isKnown(finding)), longest };
  } finally {
    page.forget();
  }
}

/** What part of a QR code looks otherwise than it should, on a picture of the page. */
async function wrongPart(
  page: PrintPage,
  box: MeasuredBox,
  { path, size }: { path: string; size: number },
): Promise<number> {
  const at = await page.page.evaluate(
    (place: number, attribute: string) => {
      const code =
        document.querySelector(`[data-laurel-slot-name="qr"][${attribute}="${place}"]`) ??
        document.querySelector('[data-laurel-slot-name="qr"]');
      const { x, y, width, height } = code?.getBoundingClientRect() ?? new DOMRect();
      return { x: x + scrollX, y: y + scrollY, width, height };
    },
    box.place,
    PLACE,
  );
  // A picture begins at a whole pixel.
  const [left, top] = [Math.floor(at.x), Math.floor(at.y)];
  const { data } = await page.session.send('Page.captureScreenshot', {
    format: 'png',
    captureBeyondViewport: true,
    clip: { x: left, y: top, width: Math.ceil(at.width) + 1, height: Math.ceil(at.height) + 1, scale: SCALE },
  });
  const place = [(at.x - left) * SCALE, (at.y - top) * SCALE, at.width * SCALE, at.height * SCALE] as const;
  return page.page.evaluate(countWrongModules, `data:image/png;base64,${data}`, path, size, place);
}
