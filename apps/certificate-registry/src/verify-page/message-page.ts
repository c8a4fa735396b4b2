import { advice } from './advice.ts';
import { checkAnother } from './check-another.ts';
import { Html } from './html.ts';
import { pageDocument } from './page-document.ts';
import type { PageReader } from './page-reader.ts';
import { verdictIcon } from './verdict-icon.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;

/** The pages that have no certificate to show; each says what to do. */
export function messagePage(
  message: 'unknown' | 'unavailable' | 'busy',
  reader: Omit<PageReader, 'now'>,
): ReturnType<typeof pageDocument> {
  const { address, language, form, isAnswer = false } = reader;
  const wording = wordingOf[language];
  const { title, meaning, steps } = wording[message];
  return pageDocument({
    language,
    title,
    sharedTitle: wording.certificate,
    address,
    isAnswer,
    main: html`<div class="verdict unknown">
        ${verdictIcon('question', false)}
        <h1>${title}</h1>
        <p class="meaning">${meaning}</p>
      </div>
      ${advice(wording.whatToDo, steps)}`,
    footer: html`<p><bdi dir="ltr">${address}</bdi></p>
      ${checkAnother(form, reader)}`,
  });
}
