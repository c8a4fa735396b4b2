import { Html } from './html.ts';
import type { PageWording } from './page-wording.ts';

const html = Html.of;

/** The public pages in Spanish. */
export const spanishWording: PageWording = {
  name: 'Español',
  verdicts: {
    valid: { title: 'Certificado válido', meaning: 'Es auténtico y está vigente hoy.' },
    expired: { title: 'Certificado caducado', meaning: 'Es auténtico, pero ya no está vigente.' },
    'not-yet-valid': {
      title: 'Todavía no es válido',
      meaning: 'Es auténtico, pero no está vigente antes de su primer día.',
    },
    revoked: { title: 'Certificado revocado', meaning: 'No lo acepte.' },
    suspended: { title: 'Certificado suspendido', meaning: 'No lo acepte por ahora.' },
    superseded: {
      title: 'Certificado sustituido',
      meaning: 'No acepte esta copia: un certificado más reciente ocupa su lugar.',
    },
    tampered: { title: 'Certificado alterado', meaning: 'No lo acepte.' },
    'unknown-issuer': { title: 'Emisor desconocido', meaning: 'No lo acepte.' },
    unreadable: { title: 'Certificado ilegible', meaning: 'No lo acepte.' },
    'status-unknown': { title: 'Estado desconocido', meaning: 'Aquí nadie puede saber si sigue vigente.' },
  },
  stamps: {
    expired: 'Caducado',
    'not-yet-valid': 'Aún no válido',
    revoked: 'Revocado',
    suspended: 'Suspendido',
    superseded: 'Sustituido',
  },
  documents: {
    expired: 'El documento tal como se emitió; ya no está vigente.',
    'not-yet-valid': 'El documento tal como se emitió; todavía no está vigente.',
    revoked: 'El documento tal como se emitió; ya no está vigente.',
    suspended: 'El documento tal como se emitió; por ahora no está vigente.',
    superseded: 'El documento tal como se emitió; ya no está vigente, uno más reciente ocupa su lugar.',
  },
  reasons: {
    'in-force': 'No ha sido revocado, suspendido ni sustituido, y no ha caducado.',
    'never-issued': 'Nunca se emitió.',
    'status-unknown': 'Su estado no se conoce aquí, así que nadie puede saber si fue revocado.',
    tampered: 'Lo que se guarda aquí no es lo que se firmó: fue modificado después.',
    unreadable: 'Lo que se guarda aquí no se puede leer como certificado.',
    'unknown-issuer': 'Su emisor, o la clave de este, no se conoce aquí.',
    'not-yet-valid': (from) => html`Estará vigente a partir del ${from}.`,
    expired: (on) => html`Caducó el ${on}.`,
    'signature-holds': (issuer) => html`Está firmado por ${issuer} y nada en él ha cambiado.`,
    superseded: (on, by) =>
      by
        ? html`Fue sustituido el ${on} por el certificado ${by}`
        : html`Fue sustituido el ${on} por un certificado más reciente`,
    revoked: (on) => html`Su emisor lo revocó el ${on}`,
    suspended: (on, until) =>
      until ? html`Su emisor lo suspendió el ${on} hasta el ${until}` : html`Su emisor lo suspendió el ${on}`,
  },
  stop: '.',
  certificate: 'Certificado',
  sharedDescription: 'Abra el enlace para ver si este certificado está vigente hoy.',
  pictureAlt: (achievement, recipient) => `Certificado: ${achievement}, otorgado a ${recipient}`,
  fullPicture: 'La imagen a tamaño completo',
  successor: (number) => html`Ver ${number}, que lo sustituyó`,
  award: 'Distinción',
  awardedTo: 'Otorgado a',
  wasAwardedTo: 'Se otorgó a',
  awardedFor: 'por',
  issuedBy: 'Emitido por',
  issuedOn: 'Emitido el',
  validUntil: 'Válido hasta',
  number: 'Número',
  downloads: 'Descargas',
  pdf: 'Descargar PDF',
  png: 'Imagen (PNG)',
  svg: 'Dibujo (SVG)',
  credential: 'Credencial firmada',
  linkedIn: 'Añadir a LinkedIn',
  pictureCarries: 'La imagen lleva dentro la credencial firmada, para carteras y mochilas de Open Badges.',
  picturesCarry: 'La imagen y el dibujo llevan dentro la credencial firmada, para carteras y mochilas de Open Badges.',
  checks: 'Qué se comprobó',
  pdfHash: 'SHA-256 del PDF tal como se emitió:',
  checkedOn: (day, host) => html`Comprobado el ${day} en ${host}.`,
  openYourself: 'Una imagen o una copia impresa de esta página no prueba nada: abra usted mismo la dirección.',
  whatToDo: 'Qué hacer',
  languages: 'Idioma',
  unknown: {
    title: 'No existe tal certificado',
    meaning: 'No se emitió nada con esta dirección.',
    steps: [
      'Escanee de nuevo el código QR, o compare la dirección con la del certificado, letra por letra: las mayúsculas y las minúsculas son distintas.',
      'Si la dirección es correcta, no acepte el certificado: pida el archivo original a quien se lo dio.',
      'El emisor que figura en él puede decirle si alguna vez se emitió.',
    ],
  },
  unavailable: {
    title: 'Ahora no se puede comprobar',
    meaning: 'Esto no dice nada del certificado: bien puede estar vigente.',
    steps: [
      'Inténtelo de nuevo en un minuto: vuelva a cargar esta página.',
      'Si sigue así, avise al emisor que figura en el certificado.',
    ],
  },
};
