import type { Verification, VerifiedCertificate } from '../verify-certificate/verification.ts';
import { advice } from './advice.ts';
import { checkAnother } from './check-another.ts';
import { formatDay } from './format-day.ts';
import { Html } from './html.ts';
import type { Language } from './language.ts';
import { linkedInAddress } from './linkedin-address.ts';
import { pageDocument, type PagePicture } from './page-document.ts';
import type { PageReader } from './page-reader.ts';
import type { PageWording, PassedVerdict, RefusedVerdict } from './page-wording.ts';
import { pictureWidth } from './picture-width.ts';
import { readableResults } from './readable-results.ts';
import { tellReason } from './tell-reason.ts';
import { verdictIcon } from './verdict-icon.ts';
import { type VerdictLook, verdictLook } from './verdict-look.ts';
import { wordingOf } from './wording-of.ts';

const html = Html.of;

/** A4 lying. */
const landscape = 848;

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
  const { language, now, isAnswer = false } = reader;
  // Whoever presented one of ours is shown the way to what anybody can open.
  const address = (isAnswer ? certificate?.links?.verify : undefined) ?? reader.address;
  const wording = wordingOf[language];
  const look = verdictLook[found.verdict];
  const { title } = wording.verdicts[found.verdict];
  const picture = certificate && certificatePicture(certificate, wording, pictureHeight);
  const [what, who] = [certificate?.achievement.name, certificate?.recipient.name].map((name) => name || undefined);
  const refused = adviceOn(found, wording);
  return pageDocument({
    language,
    title: join(': ', title, join(', ', what, who)),
    sharedTitle: join(': ', who, what) || wording.certificate,
    address,
    isAnswer,
    // A preview stays when the certificate does not: one that was revoked before it was shared is not shown.
    sharedPicture: look.tone === 'bad' ? undefined : picture,
    main: html`${band(found, reader)}${certificate && award(certificate, look, wording, isAnswer)}
    ${certificate && facts(certificate, language)}${picture && figure(picture, wording, found.verdict, isAnswer)}
    ${certificate && downloads(certificate, found.verdict, wording)}${trust(found, wording)}
    ${refused && advice(wording.whatToDo, wording.advice[refused])} ${checks(found, language)}`,
    footer: html`<p>
        ${wording.checkedOn(
          html`<bdi>${formatDay(now, undefined, language)}</bdi>`,
          html`<strong dir="ltr">${new URL(address).host}</strong>`,
        )}
        ${wording.openYourself}
      </p>
      <p><bdi dir="ltr">${address}</bdi></p>
      ${checkAnother(reader.form, reader)}`,
  });
}

/** Whether it is genuine, but not to be accepted as it looks. */
const isPassed = (verdict: Verification['verdict'], { stamps }: PageWording): verdict is PassedVerdict =>
  Object.hasOwn(stamps, verdict);

/** By which verdict's advice: who presents an address of others gets no further by waiting. */
function adviceOn({ verdict, reasons }: Verification, { advice: known }: PageWording): RefusedVerdict | undefined {
  if (reasons[0]?.code === 'foreign-address') return 'unknown-issuer';
  return Object.hasOwn(known, verdict) ? (verdict as RefusedVerdict) : undefined;
}

const join = (between: string, ...parts: readonly (string | undefined)[]) => parts.filter(Boolean).join(between);

/** Only where its tenant shows it, and with it the name in full. */
function certificatePicture(
  { achievement, recipient, links }: VerifiedCertificate,
  { pictureAlt }: PageWording,
  height = landscape,
): PagePicture | undefined {
  if (links?.png === undefined || recipient.name === undefined) return undefined;
  const alt = pictureAlt(achievement.name, recipient.name);
  return { address: `${links.png}?width=${pictureWidth}`, width: pictureWidth, height, alt };
}

/** The page says all that the picture does: it is complete without. */
function figure(
  { address, width, height, alt }: PagePicture,
  wording: PageWording,
  verdict: Verification['verdict'],
  isAnswer: boolean,
): Html {
  // Beside this page, or below the one where it was presented, whatever address that was reached by.
  const name = `${isAnswer ? 'v/' : ''}${address.slice(address.lastIndexOf('/') + 1).replace(/\?.*$/, '')}`;
  return html`<figure class="picture ${verdictLook[verdict].tone}">
    <a class="paper${height > width ? ' tall' : ''}" href="${name}?width=2400" aria-label="${wording.fullPicture}"
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

function award(
  { recipient: { name }, achievement, shown }: VerifiedCertificate,
  { tone }: VerdictLook,
  wording: PageWording,
  isAnswer: boolean,
): Html {
  const withheld = shown && shown.recipientName !== 'full' ? wording.withheld : undefined;
  const who =
    name &&
    html`<p class="kicker">${tone === 'good' ? wording.awardedTo : wording.wasAwardedTo}</p>
      <p class="${[...name].length > 36 ? 'who long' : 'who'}" dir="auto">${name}</p>`;
  // Credentials of issuers elsewhere need not say any of it.
  const what =
    achievement.name &&
    html`<p class="kicker">${wording.awardedFor}</p>
      <p class="what" dir="auto">${achievement.name}</p>`;
  const isTold = achievement.description === achievement.name || achievement.description === '';
  return html`<section class="award" aria-label="${wording.award}">
    ${who}${withheld && html`<p class="withheld">${name ? withheld.initials : withheld.name}</p>`}${what}
    ${isTold ? undefined : html`<p class="about" dir="auto">${achievement.description}</p>`}
    ${isAnswer ? html`<p class="compare">${wording.compare}</p>` : undefined}
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

function issuer({ issuer: { did, name, url } }: VerifiedCertificate): Html {
  const known = html`<bdi>${name || did}</bdi>`;
  if (url === undefined || !/^https?:\/\//.test(url)) return known;
  return html`${known}
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
  const linkedIn = isValid
    ? html`<a href="${linkedInAddress(certificate, links.verify)}" rel="noopener noreferrer">${wording.linkedIn}</a>`
    : undefined;
  const { pdf, png, svg, credential } = links;
  if (pdf === undefined || png === undefined || credential === undefined) {
    return html`<nav class="downloads" aria-label="${wording.downloads}">
      <p class="note">${wording.withheld.documents}</p>
      ${linkedIn}
    </nav>`;
  }
  return html`<nav class="downloads" aria-label="${wording.downloads}">
    ${isPassed(verdict, wording) ? html`<p class="note">${wording.documents[verdict]}</p>` : undefined}
    <a class="pdf ${isValid ? 'first' : 'second'}" href="${pdf}">${wording.pdf}</a>
    <a href="${png}?width=2400" download>${wording.png}</a>
    ${svg === undefined ? undefined : html`<a href="${svg}" download>${wording.svg}</a>`}
    <a href="${credential}">${wording.credential}</a>
    ${linkedIn}
    <p class="note">${svg === undefined ? wording.pictureCarries : wording.picturesCarry}</p>
  </nav>`;
}

/** Of issuers elsewhere: what their name is worth here. */
function trust({ trust: found }: Verification, { trust: wording }: PageWording): Html | undefined {
  if (!found) return undefined;
  const { listed, name } = found;
  return html`<div class="text">
    <h2>${wording.heading}</h2>
    <p>${listed && name !== undefined ? wording.listed(html`<bdi>${name}</bdi>`) : wording.unlisted}</p>
  </div>`;
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
