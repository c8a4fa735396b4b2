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
    'compromised-key': 'A chave com que foi assinado foi roubada, e ninguém pode saber se foi assinado antes.',
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
  presentedReasons: {
    'no-certificate': 'Isto não é um certificado assinado.',
    'not-understood':
      'Está escrito de um modo que pode ser lido de formas diferentes, ou que não é entendido aqui, por isso não é julgado.',
    'too-large': 'É maior do que qualquer certificado que se verifica aqui.',
    'cut-off': 'O arquivo termina antes de estar completo.',
    'not-as-issued': 'O arquivo não está tal como foi emitido: outro programa o salvou, ou é outra coisa.',
    several: 'O arquivo contém mais de um certificado assinado.',
    'no-such-certificate':
      'Nenhum certificado foi emitido com este endereço: compare-o com o código QR, letra por letra.',
    altered: 'A assinatura não corresponde ao que ele diz: algo nele foi alterado.',
    'wrong-key': 'A chave que o assinou não é uma com que o seu emissor possa assinar certificados.',
    'not-listed': 'O seu emissor não está na lista dos que são de confiança aqui.',
    'no-keys': 'Não há nenhuma chave do seu emissor com que verificar a assinatura.',
    'foreign-address':
      'O seu endereço não é um dos nossos, por isso o seu estado não é conhecido aqui: abra-o apenas se confiar nele.',
    unreachable: 'Não foi possível obter agora o que o seu emissor publica.',
    'list-unusable':
      'A lista do que o seu emissor revogou não é de confiança, por isso ninguém pode dizer se foi revogado.',
    'no-status': 'Não expirou; o seu emissor não diz se revoga certificados.',
    'revoked-once': 'O seu emissor revogou-o.',
    'suspended-once': 'O seu emissor suspendeu-o.',
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
  checkAnother: 'Verificar outro certificado',
  compare:
    'O que foi verificado é a credencial assinada. Compare-a com o que lhe entregaram: só está assinado o que consta aqui.',
  withheld: {
    name: 'O emissor não mostra aqui o nome.',
    initials: 'O emissor mostra aqui apenas as iniciais.',
    documents: 'O emissor não mostra aqui os documentos: peça-os ao titular ou ao emissor.',
  },
  trust: {
    heading: 'Quem é o emissor',
    listed: (name) => html`O emissor está na lista dos que são de confiança aqui, como ${name}.`,
    unlisted:
      'O emissor não está na lista dos que são de confiança aqui. Qualquer um pode usar qualquer nome, por isso a assinatura sozinha não diz quem ele é.',
  },
  advice: {
    tampered: [
      'Não o aceite: peça o arquivo original, ou o endereço da sua página, a quem o entregou.',
      'O emissor indicado nele pode dizer se o emitiu.',
    ],
    'unknown-issuer': [
      'Pergunte ao emissor indicado nele se o emitiu, por um endereço que você conheça de outra fonte.',
      'Enquanto ele não responder, não o aceite.',
    ],
    unreadable: [
      'Escolha o PDF, a imagem ou a credencial tal como foi baixada: uma fotografia, uma digitalização ou um arquivo salvo por outro programa não pode ser verificado.',
      'Ou leia o código QR do certificado.',
    ],
    'status-unknown': [
      'Tente de novo mais tarde.',
      'Se continuar assim, pergunte ao emissor indicado nele se ainda está em vigor.',
    ],
  },
  form: {
    title: 'Verificar um certificado',
    meaning: 'Cole-o ou escolha o seu arquivo. Nada dele é guardado.',
    text: 'O certificado, ou o seu endereço',
    textHint: 'O endereço do seu código QR, ou a credencial assinada (JSON ou JWT)',
    file: 'Ou o seu arquivo',
    fileHint: 'PDF, imagem (PNG), JSON ou JWT, tal como foi baixado; no máximo 5 MB',
    check: 'Verificar',
    others: 'Certificados de outros emissores também podem ser verificados aqui.',
    faults: {
      empty: 'Não chegou nada: cole um certificado ou o seu endereço, ou escolha um arquivo.',
      both: 'Chegaram um texto e um arquivo: envie apenas um deles.',
      large: 'Tem mais de 5 MB, por isso não foi lido: escolha o arquivo tal como foi baixado.',
      kind: 'Este arquivo não é PDF, PNG, JSON nem JWT: escolha o certificado tal como foi baixado, não uma fotografia nem uma digitalização.',
      broken: 'O que chegou não é este formulário, ou não está completo: preencha-o outra vez.',
    },
  },
  busy: {
    title: 'Aguarde um momento',
    meaning: 'Vieram muitas verificações do seu endereço. Isto não diz nada sobre o certificado.',
    steps: ['Tente de novo em um minuto.'],
  },
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
