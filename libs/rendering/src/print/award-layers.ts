import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { RendererLog } from '../browser/browser-options.ts';
import type { MarkedText } from '../page/page-state.ts';
import type { SharedParts } from '../page/share-pages.ts';
import { PdfUnknown } from '../pdf/pdf-unknown.ts';
import { type Background, readBackground } from '../pdf/read-background.ts';
import { readAwardLayer } from '../pdf/read-award-layer.ts';
import type { PlanLayers, RenderPlan } from './render-plan.ts';
import type { RunPages } from './to-pages.ts';

/** What the pages of a run have in common beside what stays: printed once, for this run's successors too. */
export interface AwardLayer extends Pick<SharedParts, 'parts' | 'places' | 'slots'> {
  readonly background: Background;
  /** The texts in it that are marked, in reading order. */
  readonly texts: readonly MarkedText[];
}

/** In what all records of a run are the same. */
export interface Common {
  readonly slots: readonly string[];
  /** By the plan, and the values. */
  readonly key: string;
}

/** A layer weighs what its background does, and the pictures of an award. */
const MOST_BYTES = 32 * 2 ** 20;
const MOST_SEEN = 1000;
/** Fewer pages do not pay for the search. */
const LEAST_PAGES = 8;

/** What lies under the pages of print runs: what stays of each template, and layers of what the runs of an award have in common. */
export class AwardLayers {
  private readonly backgrounds = new WeakMap<PlanLayers, Background>();
  private readonly numbers = new WeakMap<PlanLayers, number>();
  private readonly known = new LRUCache<string, AwardLayer>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ background }) => background.prefix.bytes.length,
  });
  /** Runs that were met once, or have no layer to share. */
  private readonly seen = new LRUCache<string, 'once' | 'nothing'>({ max: MOST_SEEN });
  private readonly unreadable = new WeakSet<PlanLayers>();
  private count = 0;

  constructor(private readonly log: RendererLog) {}

  /** What lies under a page: undefined for plans that print whole pages. */
  backgroundOf({ layers }: RenderPlan, shared?: AwardLayer): Background | undefined {
    if (layers === undefined || shared !== undefined) return shared?.background;
    let background = this.backgrounds.get(layers);
    if (background === undefined) this.backgrounds.set(layers, (background = readBackground(layers.background)));
    return background;
  }

  /** In what the records of a run are the same; undefined if it is not worth while to look for a layer. */
  commonOf({ layers, mediaType, slots }: RenderPlan, { pages, images }: RunPages): Common | undefined {
    const [first] = pages;
    // In HTML what is taken out of a page moves the rest.
    if (first === undefined || layers === undefined || mediaType !== 'image/svg+xml') return undefined;
    if (pages.length < LEAST_PAGES || this.unreadable.has(layers)) return undefined;
    if (pages.some(({ language }) => language !== first.language)) return undefined;
    const saidBy = ({ values, lists, images: pictures }: (typeof pages)[number], slot: string) =>
      JSON.stringify([own(values, slot) ?? '', own(lists, slot) ?? [], own(pictures, slot) ?? -1]);
    const same = slots.filter((slot) => {
      const said = saidBy(first, slot);
      return pages.every((page) => saidBy(page, slot) === said);
    });
    if (same.length === 0) return undefined;
    let plan = this.numbers.get(layers);
    if (plan === undefined) this.numbers.set(layers, (plan = this.count += 1));
    const shown = same.map((slot) => [slot, saidBy(first, slot), images[own(first.images, slot) ?? -1] ?? '']);
    const key = createHash('sha256').update(JSON.stringify([plan, first.language, shown]));
    return { slots: same, key: key.digest('base64') };
  }

  get({ key }: Common): AwardLayer | undefined {
    return this.known.get(key);
  }

  /** Whether a layer should be made: for what was met before, so that what is met once costs nothing. */
  isDue({ key }: Common): boolean {
    const met = this.seen.get(key);
    if (met === undefined) this.seen.set(key, 'once');
    return met === 'once';
  }

  /** Keeps a layer; or that there is none. */
  learn(
    { key }: Common,
    plan: RenderPlan,
    found: { shared: SharedParts; pdf: Buffer; texts: readonly MarkedText[] } | undefined,
  ): void {
    this.seen.set(key, 'nothing');
    const under = this.backgroundOf(plan);
    if (found === undefined || under === undefined) return;
    const { shared, pdf, texts } = found;
    const isShared = new Set(shared.marks);
    const labels = texts.map((text, mark) => ({ ...text, isShared: isShared.has(mark) }));
    try {
      const background = readAwardLayer(pdf, under, labels);
      const { parts, places, slots } = shared;
      this.known.set(key, { parts, places, slots, background, texts: texts.filter((_, mark) => isShared.has(mark)) });
      this.seen.delete(key);
    } catch (error) {
      if (!(error instanceof PdfUnknown)) throw error;
      this.log.warn({ err: error, template: plan.key }, 'what many certificates have in common is printed with each');
    }
  }

  /** No more layers for the pages of a plan: the writer cannot read what is left of them. Tells whether there may have been any. */
  forbid({ layers }: RenderPlan): boolean {
    if (layers === undefined || this.unreadable.has(layers)) return false;
    this.unreadable.add(layers);
    return true;
  }
}

const own = <T>(of: Readonly<Record<string, T>> | undefined, slot: string) =>
  of !== undefined && Object.hasOwn(of, slot) ? of[slot] : undefined;
