import type { Verification, VerifiedCertificate } from '../verify-certificate/verification.ts';
import { formatDay } from './format-day.ts';
import { Html } from './html.ts';
import type { Language } from './language.ts';
import { linkedInAddress } from './linkedin-address.ts';
import { pageDocument, type PagePicture } from './page-document.ts';
import type { PageWording, PassedVerdict } from './page-wording.ts';
import { pictureWidth } from './picture-width.ts';
import { readableResults } from './readable-results.ts';
import { tellReason } from './tell-reason.ts';
import { verdictIcon } from './verdict-icon.ts';
import { type VerdictLook, verdictLook } from './verdict-look.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;

/** A4 lying. */
const landscape = 848;

/** Who reads a page, where and when. */
export interface PageReader {
  /** Where this page stands. */
  readonly address: string;
  readonly language: Language;
  /** Whether the address asks for the language; then the pages that this one leads to are asked for in it too. */
  readonly isAsked: boolean;
  /** The day of the check, which a printed page tells. */
  readonly now: Date;
}

/**
 * The verify page: the verdict first, then who, what, by whom and when. What it tells of the certificate is of the signed
 * credential and stays as it was signed; all else is in the language of the reader.
 *
 * @param pictureHeight of the certificate's picture of the width {@link pictureWidth}, where it is known
 */
export function verifyPage(
  found: Verification,
  reader: PageReader,
  pictureHeight: number | undefined,
): ReturnType<typeof pageDocument> {
  const { certificate } = found;
  const { address, language, now } = reader;
  const wording = wordingOf[language];
  const look = verdictLook[found.verdict];
  const { title } = wording.verdicts[found.verdict];
  const picture = certificate?.links && certificatePicture(certificate, certificate.links.png, wording, pictureHeight);
  const about = certificate && `${certificate.achievement.name}, ${certificate.recipient.name}`;
  return pageDocument({
    language,
    title: about === undefined ? title : `${title}: ${about}`,
    sharedTitle: certificate ? `${certificate.recipient.name}: ${certificate.achievement.name}` : wording.certificate,
    address,
    // A preview stays when the certificate does not: one that was revoked before it was shared is not shown.
    sharedPicture: look.tone === 'bad' ? undefined : picture,
    main: html`${band(found, reader)}${
      certificate && html`${award(certificate, look, wording)}${facts(certificate, language)}`
    }${picture && figure(picture, wording, found.verdict)}${certificate && downloads(certificate, found.verdict, wording)}${checks(found, language)}`,
    footer: html`<p>
        ${wording.checkedOn(
          html`<bdi>${formatDay(now, undefined, language)}</bdi>`,
          html`<strong dir="ltr">${new URL(address).host}</strong>`,
        )}
        ${wording.openYourself}
      </p>
      <p><bdi dir="ltr">${address}</bdi></p>`,
  });
}

/** Whether it is genuine, but not to be accepted as it looks. */
const isPassed = (verdict: Verification['verdict'], { stamps }: PageWording): verdict is PassedVerdict =>
  Object.hasOwn(stamps, verdict);

function certificatePicture(
  { achievement, recipient }: VerifiedCertificate,
  png: string,
  { pictureAlt }: PageWording,
  height = landscape,
): PagePicture {
  const alt = pictureAlt(achievement.name, recipient.name);
  return { address: `${png}?width=${pictureWidth}`, width: pictureWidth, height, alt };
}

/** The page says all that the picture does: it is complete without. */
function figure(
  { address, width, height, alt }: PagePicture,
  wording: PageWording,
  verdict: Verification['verdict'],
): Html {
  // Beside this page, whatever address it was reached by.
  const name = address.slice(address.lastIndexOf('/') + 1).replace(/\?.*$/, '');
  return html`<figure class="picture ${verdictLook[verdict].tone}">
    <a href="${name}?width=2400" aria-label="${wording.fullPicture}"
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
    ${isPassed(verdict, wording) ? html`<span class="stamp" aria-hidden="true">${wording.stamps[verdict]}</span>` : undefined}
  </figure>`;
}

function band({ verdict, reasons, certificate }: Verification, { language, isAsked }: PageReader): Html {
  const wording = wordingOf[language];
  const { title, meaning } = wording.verdicts[verdict];
  const { tone, icon } = verdictLook[verdict];
  const successor = certificate?.supersededBy;
  const because = isToldAbove(verdict) ? reasons[0] : undefined;
  return html`<div class="verdict ${tone}">
    ${verdictIcon(icon, verdict === 'valid')}
    <h1>${title}</h1>
    <p class="meaning">${meaning}</p>
    ${because && html`<p class="because">${tellReason(because, certificate, language)}</p>`}
    ${
      successor &&
      html`<p class="successor">
        <a href="${successor.verify}${isAsked ? `?lang=${language}` : ''}"
          >${wording.successor(html`<bdi>${successor.number}</bdi>`)}</a
        >
      </p>`
    }
  </div>`;
}

function award({ recipient, achievement }: VerifiedCertificate, { tone }: VerdictLook, wording: PageWording): Html {
  const length = [...recipient.name].length > 36 ? 'who long' : 'who';
  return html`<section class="award" aria-label="${wording.award}">
    <p class="kicker">${tone === 'good' ? wording.awardedTo : wording.wasAwardedTo}</p>
    <p class="${length}" dir="auto">${recipient.name}</p>
    <p class="kicker">${wording.awardedFor}</p>
    <p class="what" dir="auto">${achievement.name}</p>
    ${
      achievement.description === achievement.name
        ? undefined
        : html`<p class="about" dir="auto">${achievement.description}</p>`
    }
  </section>`;
}

function facts(certificate: VerifiedCertificate, language: Language): Html {
  const wording = wordingOf[language];
  const { validFrom, validUntil, timeZone, number } = certificate;
  const line = (label: string, value: Html | undefined) =>
    value &&
    html`<dt>${label}</dt>
      <dd>${value}</dd>`;
  const time = (instant: string | undefined) =>
    instant === undefined
      ? undefined
      : html`<time datetime="${instant}">${formatDay(new Date(instant), timeZone, language)}</time>`;
  return html`<dl>
    ${line(wording.issuedBy, issuer(certificate))} ${line(wording.issuedOn, time(validFrom))}
    ${line(wording.validUntil, time(validUntil))}
    ${readableResults(certificate).map(
      ({ label, value }) =>
        html`<dt><bdi>${label}</bdi></dt>
          <dd><bdi>${value}</bdi></dd>`,
    )}
    ${line(wording.number, number === undefined ? undefined : html`<bdi>${number}</bdi>`)}
  </dl>`;
}

function issuer({ issuer: { name, url } }: VerifiedCertificate): Html {
  if (url === undefined || !/^https?:\/\//.test(url)) return html`<bdi>${name}</bdi>`;
  return html`<bdi>${name}</bdi>
    <span class="more"
      ><a href="${url}" rel="noopener noreferrer nofollow" dir="ltr"
        >${url.replace(/^https?:\/\//, '').replace(/\/$/, '')}</a
      ></span
    >`;
}

function downloads(
  certificate: VerifiedCertificate,
  verdict: Verification['verdict'],
  wording: PageWording,
): Html | undefined {
  const { links } = certificate;
  if (!links) return undefined;
  const isValid = verdict === 'valid';
  return html`<nav class="downloads" aria-label="${wording.downloads}">
    ${isPassed(verdict, wording) ? html`<p class="note">${wording.documents[verdict]}</p>` : undefined}
    <a class="pdf ${isValid ? 'first' : 'second'}" href="${links.pdf}">${wording.pdf}</a>
    <a href="${links.png}?width=2400" download>${wording.png}</a>
    ${links.svg === undefined ? undefined : html`<a href="${links.svg}" download>${wording.svg}</a>`}
    <a href="${links.credential}">${wording.credential}</a>
    ${
      isValid
        ? html`<a href="${linkedInAddress(certificate, links.verify)}" rel="noopener noreferrer"
            >${wording.linkedIn}</a
          >`
        : undefined
    }
    <p class="note">${links.svg === undefined ? wording.pictureCarries : wording.picturesCarry}</p>
  </nav>`;
}

/** The first reason of a verdict that is not good stands right under it. */
const isToldAbove = (verdict: Verification['verdict']) => verdict !== 'valid';

function checks({ verdict, reasons, certificate }: Verification, language: Language): Html | undefined {
  const { checks: heading, pdfHash } = wordingOf[language];
  const hash = certificate?.hashes?.pdf;
  const others = isToldAbove(verdict) ? reasons.slice(1) : reasons;
  if (others.length === 0) return undefined;
  return html`<section class="checks">
    <h2>${heading}</h2>
    <ul>
      ${others.map((reason) => html`<li>${tellReason(reason, certificate, language)}</li>`)}
      ${hash === undefined ? undefined : html`<li>${pdfHash} <code dir="ltr">${hash}</code></li>`}
    </ul>
  </section>`;
}
