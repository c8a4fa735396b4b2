import { Html } from './html.ts';
import type { Language } from './language.ts';
import { pageDocument } from './page-document.ts';
import { verdictIcon } from './verdict-icon.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;

/** The pages that have no certificate to show; each says what to do. */
export function messagePage(
  message: 'unknown' | 'unavailable',
  { address, language }: { readonly address: string; readonly language: Language },
): ReturnType<typeof pageDocument> {
  const wording = wordingOf[language];
  const { title, meaning, steps } = wording[message];
  return pageDocument({
    language,
    title,
    sharedTitle: wording.certificate,
    address,
    main: html`<div class="verdict unknown">
        ${verdictIcon('question', false)}
        <h1>${title}</h1>
        <p class="meaning">${meaning}</p>
      </div>
      <div class="text">
        <h2>${wording.whatToDo}</h2>
        <ol class="steps">
          ${steps.map((step) => html`<li>${step}</li>`)}
        </ol>
      </div>`,
    footer: html`<p><bdi dir="ltr">${address}</bdi></p>`,
  });
}
