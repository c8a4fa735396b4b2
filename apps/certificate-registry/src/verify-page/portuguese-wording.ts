import { Html } from './html.ts';
import type { PageWording } from './page-wording.ts';

const html = Html.of;

/** The public pages in Portuguese. */
export const portugueseWording: PageWording = {
  name: 'Português',
  verdicts: {
    valid: { title: 'Certificado válido', meaning: 'É autêntico e está em vigor hoje.' },
    expired: { title: 'Certificado expirado', meaning: 'É autêntico, mas já não está em vigor.' },
    'not-yet-valid': {
      title: 'Ainda não é válido',
      meaning: 'É autêntico, mas não está em vigor antes do seu primeiro dia.',
    },
    revoked: { title: 'Certificado revogado', meaning: 'Não o aceite.' },
    suspended: { title: 'Certificado suspenso', meaning: 'Não o aceite por enquanto.' },
    superseded: {
      title: 'Certificado substituído',
      meaning: 'Não aceite esta cópia: um certificado mais recente tomou o seu lugar.',
    },
    tampered: { title: 'Certificado adulterado', meaning: 'Não o aceite.' },
    'unknown-issuer': { title: 'Emissor desconhecido', meaning: 'Não o aceite.' },
    unreadable: { title: 'Certificado ilegível', meaning: 'Não o aceite.' },
    'status-unknown': { title: 'Estado desconhecido', meaning: 'Aqui ninguém pode dizer se ainda está em vigor.' },
  },
  stamps: {
    expired: 'Expirado',
    'not-yet-valid': 'Ainda não válido',
    revoked: 'Revogado',
    suspended: 'Suspenso',
    superseded: 'Substituído',
  },
  documents: {
    expired: 'O documento tal como foi emitido; já não está em vigor.',
    'not-yet-valid': 'O documento tal como foi emitido; ainda não está em vigor.',
    revoked: 'O documento tal como foi emitido; já não está em vigor.',
    suspended: 'O documento tal como foi emitido; por enquanto não está em vigor.',
    superseded: 'O documento tal como foi emitido; já não está em vigor, um mais recente tomou o seu lugar.',
  },
  reasons: {
    'in-force': 'Não foi revogado, suspenso nem substituído, e não expirou.',
    'never-issued': 'Nunca foi emitido.',
    'status-unknown': 'O seu estado não é conhecido aqui, por isso ninguém pode dizer se foi revogado.',
    tampered: 'O que está guardado aqui não é o que foi assinado: foi alterado depois.',
    unreadable: 'O que está guardado aqui não pode ser lido como certificado.',
    'unknown-issuer': 'O seu emissor, ou a chave dele, não é conhecido aqui.',
    'not-yet-valid': (from) => html`Estará em vigor a partir de ${from}.`,
    expired: (on) => html`Expirou em ${on}.`,
    'signature-holds': (issuer) => html`Está assinado por ${issuer} e nada nele foi alterado.`,
    superseded: (on, by) =>
      by
        ? html`Foi substituído em ${on} pelo certificado ${by}`
        : html`Foi substituído em ${on} por um certificado mais recente`,
    revoked: (on) => html`O seu emissor revogou-o em ${on}`,
    suspended: (on, until) =>
      until ? html`O seu emissor suspendeu-o em ${on} até ${until}` : html`O seu emissor suspendeu-o em ${on}`,
  },
  stop: '.',
  certificate: 'Certificado',
  sharedDescription: 'Abra o link para ver se este certificado está em vigor hoje.',
  pictureAlt: (achievement, recipient) => `Certificado: ${achievement}, concedido a ${recipient}`,
  fullPicture: 'A imagem em tamanho completo',
  successor: (number) => html`Ver ${number}, que o substituiu`,
  award: 'Distinção',
  awardedTo: 'Concedido a',
  wasAwardedTo: 'Foi concedido a',
  awardedFor: 'por',
  issuedBy: 'Emitido por',
  issuedOn: 'Emitido em',
  validUntil: 'Válido até',
  number: 'Número',
  downloads: 'Downloads',
  pdf: 'Baixar PDF',
  png: 'Imagem (PNG)',
  svg: 'Desenho (SVG)',
  credential: 'Credencial assinada',
  linkedIn: 'Adicionar ao LinkedIn',
  pictureCarries: 'A imagem leva dentro a credencial assinada, para carteiras e mochilas de Open Badges.',
  picturesCarry: 'A imagem e o desenho levam dentro a credencial assinada, para carteiras e mochilas de Open Badges.',
  checks: 'O que foi verificado',
  pdfHash: 'SHA-256 do PDF tal como foi emitido:',
  checkedOn: (day, host) => html`Verificado em ${day} em ${host}.`,
  openYourself: 'Uma imagem ou impressão desta página não prova nada: abra você mesmo o endereço.',
  whatToDo: 'O que fazer',
  languages: 'Idioma',
  unknown: {
    title: 'Certificado não encontrado',
    meaning: 'Nada foi emitido com este endereço.',
    steps: [
      'Leia o código QR mais uma vez, ou compare o endereço com o do certificado, letra por letra: maiúsculas e minúsculas são diferentes.',
      'Se o endereço estiver certo, não aceite o certificado: peça o arquivo original a quem o entregou.',
      'O emissor indicado nele pode dizer se alguma vez foi emitido.',
    ],
  },
  unavailable: {
    title: 'Não é possível verificar agora',
    meaning: 'Isto não diz nada sobre o certificado: pode muito bem estar em vigor.',
    steps: [
      'Tente de novo em um minuto: recarregue esta página.',
      'Se continuar assim, avise o emissor indicado no certificado.',
    ],
  },
};
