/** How a text of a design stands; lengths in its units. */
export interface TextStyle {
  readonly family: string;
  readonly size: number;
  readonly fill: string;
  readonly weight?: number;
  readonly italic?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** For texts without slots: a reader copies widely spaced letters with spaces between them. */
  readonly spacing?: number;
  /** The widest it may be, the lines it may take, and how high they may stand together. */
  readonly width?: number;
  readonly lines?: 2 | 3;
  readonly height?: number;
  readonly lineHeight?: number;
  readonly least?: number;
  /** The part of its size below which it takes another line before it gets smaller. */
  readonly wrapBelow?: number;
  readonly grow?: 'up' | 'down';
  readonly when?: string;
  readonly unless?: string;
  /** Right to left: `start` is then the right side. */
  readonly rtl?: boolean;
}

/** A line of text with its baseline at (x, y), with slots or without. A slot's text runs in the direction of its own letters, whatever stands beside it. */
export function textLine(x: number, y: number, content: string, style: TextStyle): string {
  const isOneSlot = /^\{\{[^{}]*\}\}$/.test(content);
  const attributes = {
    x,
    y,
    'text-anchor': style.anchor === 'start' ? undefined : (style.anchor ?? 'middle'),
    dx: style.spacing === undefined || (style.anchor ?? 'middle') !== 'middle' ? undefined : style.spacing / 2,
    'font-family': style.family,
    'font-size': style.size,
    'font-weight': style.weight,
    'font-style': style.italic === true ? 'italic' : undefined,
    'letter-spacing': style.spacing,
    fill: style.fill,
    direction: style.rtl === true ? 'rtl' : undefined,
    'unicode-bidi': isOneSlot ? 'plaintext' : undefined,
    'data-when': style.when,
    'data-unless': style.unless,
    'data-fit-width': style.width,
    'data-wrap': style.lines,
    'data-fit-height': style.height,
    'data-line-height': style.lineHeight,
    'data-fit-min': style.least,
    'data-wrap-below': style.wrapBelow,
    'data-wrap-grow': style.grow,
  };
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${String(value)}"`],
  );
  const isolated = isOneSlot
    ? content
    : content.replace(/\{\{[^{}]*\}\}/g, '<tspan unicode-bidi="plaintext">$&</tspan>');
  return `<text${written.join('')}>${isolated}</text>`;
}
