import type { SlotPart } from '../slots/slot-part.ts';
import type { TemplateSource } from '../template/template-source.ts';

/** A template that was compiled: what every page needs in order to print it. Immutable, and good for every Renderer of the same version. */
export interface RenderPlan {
  /** By the content of the template and its pictures. */
  readonly key: string;
  readonly mediaType: TemplateSource['mediaType'];
  readonly source: string;
  readonly texts: readonly (readonly [string, readonly SlotPart[]])[];
  /** Pictures of the template by slot, as data: addresses. */
  readonly images: Readonly<Record<string, string>>;
  /** The slots that stand in it. */
  readonly slots: readonly string[];
  /** Of a page, in CSS lengths. */
  readonly size: { readonly width: string; readonly height: string };
}
