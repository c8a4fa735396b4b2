import { Html } from './html.ts';
import type { VerdictLook } from './verdict-look.ts';

const html = Html.of;

/** A sign; `search` is that of the page where nothing is checked yet. */
type Sign = VerdictLook['icon'] | 'search';

const strokes: Readonly<Record<Sign, Html>> = {
  check: html`<path d="M43 61l12 12 23-26" />`,
  cross: html`<path d="M47 47l26 26M73 47L47 73" />`,
  clock: html`<circle cx="60" cy="60" r="20" /><path d="M60 49v11l7 6" />`,
  pause: html`<path d="M51 47v26M69 47v26" />`,
  arrow: html`<path d="M42 60h35M64 46l14 14-14 14" />`,
  question: html`<path d="M49 51c0-15 22-15 22 0 0 9-11 9-11 18M60 78v1" />`,
  search: html`<circle cx="56" cy="56" r="12" /><path d="M65 65l11 11" />`,
};

/** The leaves of one laurel branch, from its foot to its tip, around the middle of the picture. */
const branch = Html.trusted(
  Array.from({ length: 8 }, (_, index) => {
    const angle = 112 + index * 18;
    const at = (radius: number) => {
      const radians = (angle * Math.PI) / 180;
      return `${(60 + radius * Math.cos(radians)).toFixed(1)} ${(60 + radius * Math.sin(radians)).toFixed(1)}`;
    };
    const leaf = (radius: number, turn: number) =>
      `<path d="M0 0C4-5 12-5 16 0C12 5 4 5 0 0Z" transform="translate(${at(radius)}) rotate(${angle + turn}) scale(${(1 - index * 0.045).toFixed(2)})"/>`;
    return leaf(44, 52) + leaf(43, 104);
  }).join(''),
);

/** The picture of a verdict: a sign in a ring, and around that of a valid one the laurel. It is told in words beside it. */
export function verdictIcon(icon: Sign, isLaurelled: boolean): Html {
  const ring = html`<circle class="disc" cx="60" cy="60" r="34" />`;
  const wreath = html`<g class="leaves">${branch}<g transform="matrix(-1 0 0 1 120 0)">${branch}</g></g>`;
  return html`<svg class="icon ${icon}" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
    ${isLaurelled ? wreath : undefined}${ring}
    <g class="sign">${strokes[icon]}</g>
  </svg>`;
}
