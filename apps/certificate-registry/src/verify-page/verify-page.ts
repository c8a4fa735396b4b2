import type { Verification, VerifiedCertificate } from '../verify-certificate/verification.ts';
import { Html } from './html.ts';
import { pageDocument, type PagePicture } from './page-document.ts';
import { pictureWidth } from './picture-width.ts';
import { readableResults } from './readable-results.ts';
import { verdictIcon } from './verdict-icon.ts';
import { type VerdictWording, verdictWording } from './verdict-wording.ts';

const html = Html.of;

/** A4 lying. */
const landscape = 848;

/**
 * The verify page: the verdict first, then who, what, by whom and when. All of it is of the signed credential.
 *
 * @param address where this page stands
 * @param now the day of the check, which a printed page tells
 * @param pictureHeight of the certificate's picture of the width {@link pictureWidth}, where it is known
 */
export function verifyPage(
  found: Verification,
  address: string,
  now: Date,
  pictureHeight: number | undefined,
): ReturnType<typeof pageDocument> {
  const { certificate } = found;
  const wording = verdictWording[found.verdict];
  const { title } = wording;
  const picture = certificate?.links && certificatePicture(certificate, certificate.links.png, wording, pictureHeight);
  const about = certificate && `${certificate.achievement.name}, ${certificate.recipient.name}`;
  return pageDocument({
    title: about === undefined ? title : `${title}: ${about}`,
    sharedTitle: certificate ? `${certificate.recipient.name}: ${certificate.achievement.name}` : 'Certificate',
    address,
    // A preview stays when the certificate does not: one that was revoked before it was shared is not shown.
    sharedPicture: wording.tone === 'bad' ? undefined : picture,
    main: html`${band(found)}${picture && figure(picture, wording)}${
      certificate && details(certificate, wording)
    }${checks(found)}`,
    footer: html`<p>
        Checked on ${day(now, undefined)} at <strong>${new URL(address).host}</strong>. A picture or a print of this
        page proves nothing: open the address yourself.
      </p>
      <p><bdi>${address}</bdi></p>`,
  });
}

function certificatePicture(
  { achievement, recipient }: VerifiedCertificate,
  png: string,
  { standing }: VerdictWording,
  height = landscape,
): PagePicture {
  const alt = `Certificate: ${achievement.name}, ${standing === undefined ? 'awarded' : 'was awarded'} to ${recipient.name}`;
  return { address: `${png}?width=${pictureWidth}`, width: pictureWidth, height, alt };
}

/** The page says all that the picture does: it is complete without. */
function figure({ address, width, height, alt }: PagePicture, { stamp, tone }: VerdictWording): Html {
  // Beside this page, whatever address it was reached by.
  const name = address.slice(address.lastIndexOf('/') + 1).replace(/\?.*$/, '');
  return html`<figure class="picture ${tone}">
    <a href="${name}?width=2400" aria-label="The picture in full size"
      ><img
        src="${name}?width=800"
        srcset="${name}?width=800 800w, ${name}?width=${String(pictureWidth)} ${String(pictureWidth)}w"
        sizes="(min-width: 44rem) 37rem, 92vw"
        width="${String(width)}"
        height="${String(height)}"
        alt="${alt}"
        loading="lazy"
        decoding="async"
    /></a>
    ${stamp && html`<span class="stamp" aria-hidden="true">${stamp}</span>`}
  </figure>`;
}

function band({ verdict, reasons, certificate }: Verification): Html {
  const { title, meaning, tone, icon } = verdictWording[verdict];
  const successor = certificate?.supersededBy;
  const because = isToldAbove(verdict) ? reasons[0] : undefined;
  return html`<div class="verdict ${tone}">
    ${verdictIcon(icon, verdict === 'valid')}
    <h1>${title}</h1>
    <p class="meaning">${meaning}</p>
    ${because && html`<p class="because" dir="auto">${because.message}</p>`}
    ${successor && html`<p class="successor"><a href="${successor.verify}">See ${successor.number}, which replaced it</a></p>`}
  </div>`;
}

function details(certificate: VerifiedCertificate, { tone, standing }: VerdictWording): Html {
  const { recipient, achievement, links } = certificate;
  const isValid = tone === 'good';
  const length = [...recipient.name].length > 36 ? 'who long' : 'who';
  return html`<section class="award" aria-label="Award">
      <p class="kicker">${isValid ? 'Awarded to' : 'Was awarded to'}</p>
      <p class="${length}" dir="auto">${recipient.name}</p>
      <p class="kicker">for</p>
      <p class="what" dir="auto">${achievement.name}</p>
      ${
        achievement.description === achievement.name
          ? undefined
          : html`<p class="about" dir="auto">${achievement.description}</p>`
      }
    </section>
    <dl>
      <dt>Issued by</dt>
      <dd>${issuer(certificate)}</dd>
      <dt>Issued on</dt>
      <dd>${time(certificate.validFrom, certificate.timeZone)}</dd>
      ${
        certificate.validUntil === undefined
          ? undefined
          : html`<dt>Valid until</dt>
              <dd>${time(certificate.validUntil, certificate.timeZone)}</dd>`
      }
      ${readableResults(certificate).map(
        ({ label, value }) =>
          html`<dt dir="auto">${label}</dt>
            <dd dir="auto">${value}</dd>`,
      )}
      ${
        certificate.number === undefined
          ? undefined
          : html`<dt>Number</dt>
              <dd><bdi>${certificate.number}</bdi></dd>`
      }
    </dl>
    ${
      links &&
      html`<nav class="downloads" aria-label="Downloads">
        ${standing && html`<p class="note">The document as it was issued; ${standing}.</p>`}
        <a class="pdf ${isValid ? 'first' : 'second'}" href="${links.pdf}">Download PDF</a>
        <a href="${links.png}?width=2400" download>Picture (PNG)</a>
        ${links.svg === undefined ? undefined : html`<a href="${links.svg}" download>Drawing (SVG)</a>`}
        <a href="${links.credential}">Signed credential</a>
        <p class="note">
          ${links.svg === undefined ? 'The picture carries' : 'The picture and the drawing carry'} the signed credential
          inside, for wallets and backpacks of Open Badges.
        </p>
      </nav>`
    }`;
}

function issuer({ issuer: { name, url } }: VerifiedCertificate): Html {
  if (url === undefined || !/^https?:\/\//.test(url)) return html`<bdi>${name}</bdi>`;
  return html`<bdi>${name}</bdi>
    <span class="more"><a href="${url}" rel="noopener noreferrer nofollow">${url}</a></span>`;
}

/** The first reason of a verdict that is not good stands right under it. */
const isToldAbove = (verdict: Verification['verdict']) => verdict !== 'valid';

function checks({ verdict, reasons, certificate }: Verification): Html | undefined {
  const hash = certificate?.hashes?.pdf;
  const others = isToldAbove(verdict) ? reasons.slice(1) : reasons;
  if (others.length === 0) return undefined;
  return html`<section class="checks">
    <h2>What was checked</h2>
    <ul>
      ${others.map(({ message }) => html`<li dir="auto">${message}</li>`)}
      ${hash === undefined ? undefined : html`<li>SHA-256 of the PDF as it was issued: <code>${hash}</code></li>`}
    </ul>
  </section>`;
}

const time = (instant: string, zone: string | undefined) =>
  html`<time datetime="${instant}">${day(new Date(instant), zone)}</time>`;

/** In the zone of the course, as the certificate itself prints it. */
function day(date: Date, zone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: zone ?? 'UTC',
  }).format(date);
}
