import type { MovingPage } from '../page/take-moving.ts';
import type { MarkedText } from '../page/page-state.ts';
import { PdfUnknown } from '../pdf/pdf-unknown.ts';
import { readBackground } from '../pdf/read-background.ts';
import { writeDocuments } from '../pdf/write-documents.ts';
import type { Printable, PrintPage } from '../print/print-page.ts';
import type { PlanLayers, RenderPlan } from '../print/render-plan.ts';
import { longestTexts } from './longest-texts.ts';
import { probeImages } from './probe-images.ts';
import { type Probe, probeRecords } from './probe-records.ts';

/** Half of the size on the screen: what lies on what shows as well, at a quarter of the cost. */
const SCALE = 0.5;
/** Of 255: a layer of its own may round the edge of a letter otherwise, */
const SLACK = 6;
/** and some few pixels of a drawing's edges by more. What lies above what it should lie under shows in hundreds, or by far more. */
const FEW = 40;
const LITTLE = 40;
const POINTS_PER_PIXEL = 0.75;

/**
 * Splits the template that stands in the page into layers, and proves by probes, drawn both ways, that they make the same picture as the whole page. Where they do
 * not, says why and gives no layers. Throws what the browser throws.
 */
export async function compileLayers(
  page: PrintPage,
  content: Printable,
  slots: readonly string[],
  lists: readonly string[],
): Promise<Pick<RenderPlan, 'mode' | 'whyWhole' | 'pairs' | 'isMarked' | 'layers'>> {
  const short = probeRecords(slots, lists, {});
  // What runs into each other with short words does so by design.
  const { pairs } = await page.fill(content, recordsOf(short.slice(0, 2)), probeImages, 'whole', false);
  let plan: Printable = { ...content, pairs };
  const whole = async (...whyWhole: string[]) => {
    const isMarked = await areMarksRead(page, plan, 'whole', short);
    return { mode: 'whole' as const, whyWhole, pairs, isMarked };
  };
  const split = await page.split(content);
  if (split.whyWhole.length > 0) return whole(...split.whyWhole);

  const place: Omit<PlanLayers, 'background'> = {
    moving: split.moving,
    obstacles: split.obstacles,
    ...(split.qr && { qr: split.qr }),
  };
  plan = { ...plan, layers: place };
  let probes = await usableProbes(page, { ...plan, layers: { ...place, obstacles: [] } }, slots, lists, short[0]);
  const [first] = probes;
  if (first === undefined) return whole('Not even short words fit into it.');
  const moving = async (asked: readonly Probe[]) => page.fill(plan, recordsOf(asked), probeImages, 'moving');
  if (content.mediaType === 'text/html') {
    await moving(probes);
    plan = { ...plan, layers: { ...place, standing: await page.standing() } };
  }
  const { moved } = await moving(probes);
  const still = probes.filter((_, index) => !moved.includes(index));
  // What only long values do may be: those records are printed whole.
  if (still[0] !== first || still[1]?.name !== 'short')
    return whole(`What stays is pushed or reached by what changes: by the probes ${named(probes, moved)}.`);
  probes = still;
  if (content.mediaType === 'text/html') {
    await moving(probes);
    plan = { ...plan, layers: { ...place, standing: await page.standing() } };
  }
  // A screen may round a letter or a picture in it otherwise from one time to the next; what differs by rights does so each time.
  const difference = (await compareLayers(page, plan, probes)) && (await compareLayers(page, plan, probes));
  if (difference !== undefined) return whole(difference);

  await page.fill(plan, [first.record], probeImages, 'still');
  const background = await page.toPdf();
  const height = Number(/^\S+ \S+ \S+ (\S+)$/.exec(readBackground(background).box)?.[1]);
  const layers: PlanLayers = {
    ...(plan.layers ?? place),
    background,
    ...(split.qr && { qr: onPaper(split.qr, height) }),
  };
  const isMarked = await areMarksRead(page, plan, 'moving', probes);
  const taken = isMarked && content.mediaType === 'image/svg+xml' ? await movingPage(page, plan, first) : undefined;
  return { mode: 'hybrid', whyWhole: [], pairs, isMarked, layers: { ...layers, ...(taken && { page: taken }) } };
}

const recordsOf = (probes: readonly Probe[]) => probes.map(({ record }) => record);
const named = (probes: readonly Probe[], indexes: readonly number[]) =>
  indexes.map((index) => probes[index]?.name ?? '').join(', ');

/** Those that fit. */
async function usableProbes(
  page: PrintPage,
  plan: Printable,
  slots: readonly string[],
  lists: readonly string[],
  typical: Probe | undefined,
): Promise<Probe[]> {
  const longest = typical === undefined ? {} : await longestTexts(page, plan, typical.record);
  const probes = probeRecords(slots, lists, longest);
  const { misfits } = await page.fill(plan, recordsOf(probes), probeImages, 'whole', false);
  const unfit = new Set(misfits.map(({ record }) => record));
  return probes.filter((_, index) => !unfit.has(index));
}

/** Draws the probes both ways, some of them with a loud ground under each text; tells where the pictures differ. */
async function compareLayers(page: PrintPage, plan: Printable, probes: readonly Probe[]): Promise<string | undefined> {
  const [first] = probes;
  if (first === undefined) return undefined;
  const covered = probes.filter(({ name }) => name === 'long' || name === 'scripts');
  const drawn = [first, ...probes.filter(({ name }) => name === 'least'), ...covered];
  const plain = drawn.length - covered.length;
  const fill = async (layer: 'whole' | 'moving') => {
    await page.fill(plan, recordsOf(drawn), probeImages, layer, false);
    for (let index = plain; index < drawn.length; index++) await page.cover(index);
  };
  await fill('whole');
  const { qr } = plan.layers ?? {};
  const isHtml = plan.mediaType === 'text/html';
  // In HTML a screen rounds the place of a drawing, which paper does not: there the code's place is proven by split-html.ts.
  if (isHtml && qr !== undefined) await page.hideCodes();
  const one = await page.toPicture(SCALE);
  // As in the documents: what stays was drawn with the words of the first.
  await page.fill(
    plan,
    drawn.map(() => first.record),
    probeImages,
    'still',
    false,
  );
  await page.stack(undefined);
  await fill('moving');
  await page.stack(isHtml || qr === undefined ? [] : drawn.map(({ record }) => ({ matrix: qr, ...record.qr })));
  const other = await page.toPicture(SCALE);
  const { pixels, most, at, height } = await page.compare(one, other, SLACK, drawn.length, placeOf(qr));
  if (pixels <= FEW && most <= LITTLE) return undefined;
  const index = Math.floor((at[1] / height) * drawn.length);
  const [x, y] = [at[0] / SCALE, at[1] / SCALE - (index * height) / drawn.length / SCALE].map(Math.round);
  return `The layers do not make the picture of the whole page: of the probe ${drawn[index]?.name}${index < plain ? '' : ' (with grounds)'}, ${pixels} pixels differ, most by ${most} of 255 at (${x}, ${y}) CSS pixels.`;
}

/** The place of the QR code in a picture, or none. */
function placeOf(matrix: PlanLayers['qr']): [number, number, number, number] {
  if (matrix === undefined) return [0, 0, 0, 0];
  const [a, b, c, d, e, f] = matrix;
  const xs = [e, e + a, e + c, e + a + c].map((x) => x * SCALE);
  const ys = [f, f + b, f + d, f + b + d].map((y) => y * SCALE);
  return [Math.min(...xs) - 1, Math.min(...ys) - 1, Math.max(...xs) + 1, Math.max(...ys) + 1];
}

/** Whether the writer finds the marks of texts in what the browser writes: not where it paints them in another order than they are read. */
async function areMarksRead(
  page: PrintPage,
  plan: Printable,
  layer: 'whole' | 'moving',
  probes: readonly Probe[],
): Promise<boolean> {
  const { texts, misfits, moved } = await page.fill(plan, recordsOf(probes.slice(0, 1)), probeImages, layer);
  if (misfits.length + moved.length > 0) return true;
  const labels = texts.map((texts: readonly MarkedText[]) => ({ title: 'Probe', language: 'en', texts }));
  try {
    Array.from(writeDocuments(await page.toPdf(), undefined, labels));
    return true;
  } catch (error) {
    if (error instanceof PdfUnknown) return false;
    throw error;
  }
}

/** The moving layer as it can be put into another page; none, if that does not print the same there. */
async function movingPage(page: PrintPage, plan: Printable, { record }: Probe): Promise<MovingPage | undefined> {
  const print = async () => {
    const { texts } = await page.fill(plan, [record], probeImages, 'moving');
    const labels = texts.map((texts) => ({ title: 'Probe', language: 'en', texts }));
    return [...writeDocuments(await page.toPdf(), undefined, labels)][0]?.sha256();
  };
  const wanted = await print();
  const taken = await page.take();
  await page.put(plan.key, taken);
  return (await print()) === wanted ? taken : undefined;
}

/** From CSS pixels of the page, downwards, to points, upwards. */
function onPaper(matrix: NonNullable<PlanLayers['qr']>, height: number): NonNullable<PlanLayers['qr']> {
  const [a, b, c, d, e, f] = matrix.map((value) => value * POINTS_PER_PIXEL) as unknown as NonNullable<
    PlanLayers['qr']
  >;
  // Without minus zeros, which JSON does not know.
  return [a, 0 - b, c, 0 - d, e, height - f];
}
