import { createHash } from 'node:crypto';
import { Html } from './html.ts';
import { type Language, languages } from './language.ts';
import { pageStyle } from './page-style.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;
// In one piece: the hash is over every character between the tags, and a formatter may not add one.
const style = Html.trusted(`<style>${pageStyle}</style>`);
const styleHash = createHash('sha256').update(pageStyle).digest('base64');

/** A picture of what a page is about. */
export interface PagePicture {
  readonly address: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** A page as it is sent. */
export interface PageDocument {
  readonly language: Language;
  readonly title: string;
  /** What a shared link shows. Previews are kept for long, so it never tells the verdict. */
  readonly sharedTitle: string;
  readonly address: string;
  readonly sharedPicture?: PagePicture | undefined;
  readonly main: Html;
  readonly footer: Html;
  /** Whether it holds a form, which may be sent to this server alone. */
  readonly hasForm?: boolean;
  /** Whether it answers what somebody sent: then no other language is offered, for it would have to be sent again. */
  readonly isAnswer?: boolean;
}

/** Writes the document around a page, and its Content-Security-Policy: nothing but this very style may take effect, and nothing but our own pictures be loaded. */
export function pageDocument(parts: PageDocument): { body: Buffer; policy: string; language: Language } {
  const { language, title, sharedTitle, address, sharedPicture, main, footer, hasForm, isAnswer } = parts;
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  const page = html`<!doctype html>
    <html lang="${language}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content="Laurel" />
        <meta property="og:title" content="${sharedTitle}" />
        <meta property="og:description" content="${wordingOf[language].sharedDescription}" />
        <meta property="og:url" content="${address}" />
        ${sharing(sharedPicture)}
        <link rel="icon" href="data:," />
        ${style}
      </head>
      <body>
        <div class="sheet">
          <main>${main}</main>
          <footer>${footer}${isAnswer ? undefined : languageChoice(language)}</footer>
        </div>
      </body>
    </html>`;
  return {
    language,
    body: Buffer.from(page.toString().replaceAll(/\n\s+(?=<)/g, '\n')),
    policy: `default-src 'none'; style-src 'sha256-${styleHash}'; img-src 'self' data:; base-uri 'none'; form-action ${hasForm ? "'self'" : "'none'"}; frame-ancestors 'none'`,
  };
}

/** Each language in itself, for whoever cannot read the one that was chosen for them. */
function languageChoice(chosen: Language): Html {
  return html`<nav class="languages" aria-label="${wordingOf[chosen].languages}">
    ${languages.map((language) => {
      const { name } = wordingOf[language];
      return language === chosen
        ? html`<a href="?lang=${language}" lang="${language}" aria-current="true">${name}</a>`
        : html`<a href="?lang=${language}" lang="${language}" hreflang="${language}" rel="nofollow">${name}</a>`;
    })}
  </nav>`;
}

function sharing(picture: PagePicture | undefined): Html {
  if (!picture) return html`<meta name="twitter:card" content="summary" />`;
  return html`<meta property="og:image" content="${picture.address}" />
    <meta property="og:image:type" content="image/png" />
    <meta property="og:image:width" content="${String(picture.width)}" />
    <meta property="og:image:height" content="${String(picture.height)}" />
    <meta property="og:image:alt" content="${picture.alt}" />
    <meta name="twitter:card" content="summary_large_image" />`;
}
