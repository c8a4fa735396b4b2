import { Html } from './html.ts';
import { pageDocument } from './page-document.ts';
import { verdictIcon } from './verdict-icon.ts';

const html = Html.of;

const messages = {
  unknown: {
    title: 'No such certificate',
    meaning: 'Nothing was issued under this address.',
    steps: [
      'Scan the QR code once more, or compare the address with the one on the certificate, letter by letter: capital and small letters differ.',
      'If the address is right, do not accept the certificate: ask whoever gave it to you for the original file.',
      'The issuer named on it can tell you whether it was ever issued.',
    ],
  },
  unavailable: {
    title: 'Cannot check right now',
    meaning: 'This says nothing about the certificate: it may well be valid.',
    steps: [
      'Try again in a minute: reload this page.',
      'If it stays like this, tell the issuer named on the certificate.',
    ],
  },
};

/** The pages that have no certificate to show; each says what to do. */
export function messagePage(message: keyof typeof messages, address: string): ReturnType<typeof pageDocument> {
  const { title, meaning, steps } = messages[message];
  return pageDocument({
    title,
    sharedTitle: 'Certificate',
    address,
    main: html`<div class="verdict unknown">
        ${verdictIcon('question', false)}
        <h1>${title}</h1>
        <p class="meaning">${meaning}</p>
      </div>
      <div class="text">
        <h2>What to do</h2>
        <ol class="steps">
          ${steps.map((step) => html`<li>${step}</li>`)}
        </ol>
      </div>`,
    footer: html`<p><bdi>${address}</bdi></p>`,
  });
}
