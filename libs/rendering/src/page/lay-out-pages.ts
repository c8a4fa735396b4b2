import type { checkPages } from './check-pages.ts';
import type { fillPages, HanFamilies } from './fill-pages.ts';
import type { fitBoxes } from './fit-boxes.ts';
import type { fitTexts } from './fit-texts.ts';
import type { Layer, MarkedText, Misfit, Obstacle, PageRecord, Standing, TextPair } from './page-state.ts';
import type { Place, sharePages } from './share-pages.ts';

/** What is laid out. */
export interface PagesToLay {
  readonly records: readonly PageRecord[];
  readonly images: readonly string[];
  readonly han: HanFamilies;
  readonly layer: Layer;
  readonly isMarked: boolean;
  readonly isSvg: boolean;
  readonly pairs: readonly TextPair[];
  readonly standing?: Standing | undefined;
  readonly obstacles: readonly Obstacle[];
  /** Of what the pages share. */
  readonly places: readonly Place[];
}

/** The pages of a run as they stand in the browser. */
export interface StandingPages {
  /** By the record. */
  readonly texts: readonly (readonly MarkedText[])[];
  readonly misfits: readonly Misfit[];
  /** The records whose layers would not meet. */
  readonly moved: readonly number[];
  readonly pairs: readonly TextPair[];
}

declare global {
  /** The programs that every run needs. They stay in the page, where the browser compiles them once and makes them fast. */
  var laurelPrograms: {
    readonly fillPages: typeof fillPages;
    readonly fitTexts: typeof fitTexts;
    readonly fitBoxes: typeof fitBoxes;
    readonly checkPages: typeof checkPages;
    readonly sharePages: typeof sharePages;
  };
}

/** Runs in the page: fills, fits and checks a page for each record, in one call: each call waits for its turn on both sides. */
export function layOutPages(asked: PagesToLay): StandingPages {
  const { fillPages, fitTexts, fitBoxes, checkPages, sharePages } = globalThis.laurelPrograms;
  const { layer, isSvg } = asked;
  const { texts, misfits } = fillPages(asked.records, asked.images, asked.han, layer, asked.isMarked);
  // What stays is not seen: of SVG nothing of it depends on the record, of HTML it has to flow as the rest.
  if (layer === 'still' && isSvg) return { texts, misfits, moved: [], pairs: [] };
  const unfit = isSvg ? fitTexts() : fitBoxes();
  const failed = [...misfits, ...unfit].map(({ record }) => record);
  const checked = checkPages(failed, asked.pairs, asked.standing, asked.obstacles);
  const reached = asked.places.length === 0 ? [] : sharePages([], asked.places).moved;
  return {
    ...{ texts, pairs: checked.pairs, moved: [...checked.moved, ...reached] },
    misfits: [...misfits, ...unfit, ...checked.misfits],
  };
}
