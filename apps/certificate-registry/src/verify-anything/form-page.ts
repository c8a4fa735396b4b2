import { Html } from '../verify-page/html.ts';
import { pageDocument } from '../verify-page/page-document.ts';
import type { PageReader } from '../verify-page/page-reader.ts';
import type { FormFault } from '../verify-page/page-wording.ts';
import { verdictIcon } from '../verify-page/verdict-icon.ts';
import { wordingOf } from '../verify-page/wording-of.ts';

const html = Html.of;

/**
 * The page where somebody presents what they have. What they sent is not put into it again.
 *
 * @param fault why what they sent was not read
 */
export function formPage(
  { form, language, isAsked }: Omit<PageReader, 'address' | 'now'>,
  fault?: FormFault,
): ReturnType<typeof pageDocument> {
  const wording = wordingOf[language];
  const { title, meaning, text, textHint, file, fileHint, check, others, faults } = wording.form;
  return pageDocument({
    language,
    title: fault ? `${faults[fault]} ${title}` : title,
    sharedTitle: title,
    address: form,
    hasForm: true,
    main: html`<div class="verdict ask">
        ${verdictIcon('search', true)}
        <h1>${title}</h1>
        <p class="meaning">${meaning}</p>
      </div>
      <form method="post" action="verify${isAsked ? `?lang=${language}` : ''}" enctype="multipart/form-data">
        ${fault && html`<p class="fault" role="alert">${faults[fault]}</p>`}
        <div class="field">
          <label for="text">${text}</label>
          <span class="hint" id="text-hint">${textHint}</span>
          <textarea
            id="text"
            name="text"
            rows="5"
            dir="ltr"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            aria-describedby="text-hint"
          ></textarea>
        </div>
        <div class="field">
          <label for="file">${file}</label>
          <span class="hint" id="file-hint">${fileHint}</span>
          <input
            type="file"
            id="file"
            name="file"
            accept=".pdf,.png,.json,.jwt,application/pdf,image/png,application/json,application/vc,application/vc+jwt"
            aria-describedby="file-hint"
          />
        </div>
        <button>${check}</button>
        <p class="others">${others}</p>
      </form>`,
    footer: html`<p><bdi dir="ltr">${form}</bdi></p>`,
  });
}
