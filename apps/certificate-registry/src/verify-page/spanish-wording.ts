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
    'compromised-key': 'La clave con la que se firmó fue robada, y nadie puede saber si se firmó antes.',
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
  presentedReasons: {
    'no-certificate': 'Esto no es un certificado firmado.',
    'not-understood':
      'Está escrito de un modo que puede leerse de formas distintas, o que aquí no se entiende, así que no se juzga.',
    'too-large': 'Es más grande que cualquier certificado que se comprueba aquí.',
    'cut-off': 'El archivo termina antes de estar completo.',
    'not-as-issued': 'El archivo no está tal como se emitió: lo guardó otro programa, o es otra cosa.',
    several: 'El archivo contiene más de un certificado firmado.',
    'no-such-certificate':
      'No se emitió ningún certificado con esta dirección: compárela con el código QR, letra por letra.',
    altered: 'La firma no corresponde a lo que dice: se cambió algo en él.',
    'wrong-key': 'La clave que lo firmó no es una con la que su emisor pueda firmar certificados.',
    'not-listed': 'Su emisor no está en la lista de los que aquí se consideran de confianza.',
    'no-keys': 'No hay ninguna clave de su emisor con la que comprobar la firma.',
    'foreign-address':
      'Su dirección no es una de las nuestras, así que aquí no se conoce su estado: ábrala solo si confía en ella.',
    unreachable: 'Ahora mismo no se pudo obtener lo que publica su emisor.',
    'list-unusable':
      'La lista de lo que su emisor ha revocado no es fiable, así que nadie puede decir si fue revocado.',
    'no-status': 'No ha caducado; su emisor no dice si revoca certificados.',
    'revoked-once': 'Su emisor lo revocó.',
    'suspended-once': 'Su emisor lo suspendió.',
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
  checkAnother: 'Comprobar otro certificado',
  compare:
    'Lo que se comprobó es la credencial firmada. Compárela con lo que le entregaron: solo está firmado lo que figura aquí.',
  withheld: {
    name: 'El emisor no muestra aquí el nombre.',
    initials: 'El emisor solo muestra aquí las iniciales.',
    documents: 'El emisor no muestra aquí los documentos: pídalos al titular o al emisor.',
  },
  trust: {
    heading: 'Quién es el emisor',
    listed: (name) => html`El emisor está en la lista de los que aquí se consideran de confianza, como ${name}.`,
    unlisted:
      'El emisor no está en la lista de los que aquí se consideran de confianza. Cualquiera puede tomar cualquier nombre, así que la firma por sí sola no dice quién es.',
  },
  advice: {
    tampered: [
      'No lo acepte: pida el archivo original, o la dirección de su página, a quien se lo dio.',
      'El emisor que figura en él puede decirle si lo emitió.',
    ],
    'unknown-issuer': [
      'Pregunte al emisor que figura en él si lo emitió, en una dirección que usted conozca por otra vía.',
      'Mientras no responda, no lo acepte.',
    ],
    unreadable: [
      'Elija el PDF, la imagen o la credencial tal como se descargó: una fotografía, un escaneo o un archivo guardado por otro programa no se puede comprobar.',
      'O escanee el código QR del certificado.',
    ],
    'status-unknown': ['Inténtelo más tarde.', 'Si sigue así, pregunte al emisor que figura en él si sigue vigente.'],
  },
  form: {
    title: 'Comprobar un certificado',
    meaning: 'Péguelo o elija su archivo. No se guarda nada de él.',
    text: 'El certificado, o su dirección',
    textHint: 'La dirección de su código QR, o la credencial firmada (JSON o JWT)',
    file: 'O su archivo',
    fileHint: 'PDF, imagen (PNG), JSON o JWT, tal como se descargó; 5 MB como máximo',
    check: 'Comprobar',
    others: 'Aquí también se pueden comprobar certificados de otros emisores.',
    faults: {
      empty: 'No llegó nada: pegue un certificado o su dirección, o elija un archivo.',
      both: 'Llegaron un texto y un archivo: envíe solo uno de los dos.',
      large: 'Ocupa más de 5 MB, así que no se leyó: elija el archivo tal como se descargó.',
      kind: 'Este archivo no es PDF, PNG, JSON ni JWT: elija el certificado tal como se descargó, no una fotografía ni un escaneo.',
      broken: 'Lo que llegó no es este formulario, o no está completo: rellénelo otra vez.',
    },
  },
  busy: {
    title: 'Espere un momento',
    meaning: 'Llegaron muchísimas comprobaciones desde su dirección. Esto no dice nada del certificado.',
    steps: ['Inténtelo de nuevo en un minuto.'],
  },
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
