const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Part = Html | string | readonly Html[] | undefined;

/** A piece of HTML. Whatever text is put into one is escaped; only other pieces go in as they are. */
export class Html {
  private constructor(private readonly markup: string) {}

  /** A tag for templates: html`<p>${name}</p>`. Attributes have to stand in double quotes. */
  static readonly of = (strings: TemplateStringsArray, ...parts: Part[]): Html =>
    new Html(strings.reduce((before, text, index) => before + Html.write(parts[index - 1]) + text));

  /** Markup of our own code. Never what somebody else wrote. */
  static trusted(markup: string): Html {
    return new Html(markup);
  }

  toString(): string {
    return this.markup;
  }

  private static write(part: Part): string {
    if (part === undefined) return '';
    if (part instanceof Html) return part.markup;
    if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
    return part.map(({ markup }) => markup).join('');
  }
}
