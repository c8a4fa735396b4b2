const SVG =
  'svg g defs symbol use title desc metadata style path rect circle ellipse line polyline polygon text tspan textpath image lineargradient radialgradient stop pattern clippath mask marker filter switch a view';
const FILTERS =
  'fegaussianblur fedropshadow feoffset feflood femerge femergenode feblend fecolormatrix fecomponenttransfer fefuncr fefuncg fefuncb fefunca fecomposite';
const HTML =
  'html head body title meta style div span p h1 h2 h3 h4 h5 h6 header footer main section article aside nav hgroup figure figcaption blockquote q cite hr br wbr b i em strong small u s del ins mark sub sup abbr address time data code pre kbd samp var dfn bdi bdo ruby rt rp rb rtc ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td img a center font big tt nobr strike';

const KNOWN = {
  svg: new Set(`${SVG} ${FILTERS}`.split(' ')),
  html: new Set(HTML.split(' ')),
} as const;

/** Whether an element by this name is one that a template is made of. Drawing programs' own (Inkscape's, RDF) are drawn by nobody and stay. */
export function isKnownElement(name: string, space: 'svg' | 'html' | 'other'): boolean {
  return space === 'other' || KNOWN[space].has(name);
}
