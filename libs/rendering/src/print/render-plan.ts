import type { Obstacle, Standing, TextPair } from '../page/page-state.ts';
import type { MovingPage } from '../page/take-moving.ts';
import type { SlotPart } from '../slots/slot-part.ts';
import type { TemplateSource } from '../template/template-source.ts';

/** What stands in a template before it is known how it prints. */
export interface TemplateContent {
  /** By the content of the template and its pictures. */
  readonly key: string;
  readonly mediaType: TemplateSource['mediaType'];
  readonly source: string;
  /** Pictures of the template by slot, as data: addresses. */
  readonly images: Readonly<Record<string, string>>;
}

/** The two layers of a template. */
export interface PlanLayers {
  /** The elements that change, by their places among the elements of the template. */
  readonly moving: readonly number[];
  /** What stays, as the browser's PDF of one page. */
  readonly background: Buffer;
  /** From the unit square of the QR code to points (ISO 32000-1, 8.3.3), where the writer draws it. */
  readonly qr?: readonly [number, number, number, number, number, number];
  /** What unusual values must not reach. */
  readonly obstacles: readonly Obstacle[];
  /** In SVG: the layer of what changes, ready to be put into a page. */
  readonly page?: MovingPage;
  /** In HTML: where everything stood. */
  readonly standing?: Standing;
}

/** A template that was compiled: what every page needs in order to print it. Immutable, and good for every Renderer of the same engine. */
export interface RenderPlan extends TemplateContent {
  /** The version of the engine that made it: see Renderer.engine. */
  readonly engine: string;
  readonly texts: readonly (readonly [string, readonly SlotPart[]])[];
  /** The slots and the lists that stand in it. */
  readonly slots: readonly string[];
  /** Of a page, in CSS lengths. */
  readonly size: { readonly width: string; readonly height: string };
  /** `hybrid`: what stays is printed once and for all; `whole`: each certificate is printed with all that is on it. */
  readonly mode: 'hybrid' | 'whole';
  /** For the operator: why it is not `hybrid`. */
  readonly whyWhole: readonly string[];
  /** Texts that run into each other in the template itself. */
  readonly pairs: readonly TextPair[];
  /** Whether the writer can tell the texts apart by their marks. */
  readonly isMarked: boolean;
  readonly layers?: PlanLayers;
}
