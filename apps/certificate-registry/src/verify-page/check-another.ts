import { Html } from './html.ts';
import type { Language } from './language.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;

/** The way from a page to the one where one presents what one has. */
export function checkAnother(form: string, { language, isAsked }: { language: Language; isAsked: boolean }): Html {
  const address = `${form}${isAsked ? `?lang=${language}` : ''}`;
  return html`<p class="another"><a href="${address}">${wordingOf[language].checkAnother}</a></p>`;
}
