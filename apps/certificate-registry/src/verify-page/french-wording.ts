import { Html } from './html.ts';
import type { PageWording } from './page-wording.ts';

const html = Html.of;

/** The public pages in French. */
export const frenchWording: PageWording = {
  name: 'Français',
  verdicts: {
    valid: { title: 'Certificat valide', meaning: 'Il est authentique et en vigueur aujourd’hui.' },
    expired: { title: 'Certificat expiré', meaning: 'Il est authentique, mais il n’est plus en vigueur.' },
    'not-yet-valid': {
      title: 'Pas encore valide',
      meaning: 'Il est authentique, mais il n’est pas en vigueur avant son premier jour.',
    },
    revoked: { title: 'Certificat révoqué', meaning: 'Ne l’acceptez pas.' },
    suspended: { title: 'Certificat suspendu', meaning: 'Ne l’acceptez pas pour le moment.' },
    superseded: {
      title: 'Certificat remplacé',
      meaning: 'N’acceptez pas cet exemplaire : un certificat plus récent a pris sa place.',
    },
    tampered: { title: 'Certificat altéré', meaning: 'Ne l’acceptez pas.' },
    'unknown-issuer': { title: 'Émetteur inconnu', meaning: 'Ne l’acceptez pas.' },
    unreadable: { title: 'Certificat illisible', meaning: 'Ne l’acceptez pas.' },
    'status-unknown': { title: 'État inconnu', meaning: 'Personne ne peut dire ici s’il est encore en vigueur.' },
  },
  stamps: {
    expired: 'Expiré',
    'not-yet-valid': 'Pas encore valide',
    revoked: 'Révoqué',
    suspended: 'Suspendu',
    superseded: 'Remplacé',
  },
  documents: {
    expired: 'Le document tel qu’il a été émis ; il n’est plus en vigueur.',
    'not-yet-valid': 'Le document tel qu’il a été émis ; il n’est pas encore en vigueur.',
    revoked: 'Le document tel qu’il a été émis ; il n’est plus en vigueur.',
    suspended: 'Le document tel qu’il a été émis ; il n’est pas en vigueur pour le moment.',
    superseded: 'Le document tel qu’il a été émis ; il n’est plus en vigueur, un plus récent a pris sa place.',
  },
  reasons: {
    'in-force': 'Il n’a été ni révoqué, ni suspendu, ni remplacé, et il n’a pas expiré.',
    'never-issued': 'Il n’a jamais été émis.',
    'status-unknown': 'Son état n’est pas connu ici : personne ne peut dire s’il a été révoqué.',
    tampered: 'Ce qui est conservé ici n’est pas ce qui a été signé : il a été modifié ensuite.',
    unreadable: 'Ce qui est conservé ici ne peut pas être lu comme un certificat.',
    'unknown-issuer': 'Son émetteur, ou la clé de celui-ci, n’est pas connu ici.',
    'compromised-key': 'La clé qui l’a signé a été volée, et nul ne peut dire s’il a été signé avant.',
    'not-yet-valid': (from) => html`Il sera en vigueur à partir du ${from}.`,
    expired: (on) => html`Il a expiré le ${on}.`,
    'signature-holds': (issuer) => html`Il est signé par ${issuer}, et rien n’y a été modifié.`,
    superseded: (on, by) =>
      by
        ? html`Il a été remplacé le ${on} par le certificat ${by}`
        : html`Il a été remplacé le ${on} par un certificat plus récent`,
    revoked: (on) => html`Son émetteur l’a révoqué le ${on}`,
    suspended: (on, until) =>
      until ? html`Son émetteur l’a suspendu le ${on} jusqu’au ${until}` : html`Son émetteur l’a suspendu le ${on}`,
  },
  presentedReasons: {
    'no-certificate': 'Ce n’est pas un certificat signé.',
    'not-understood':
      'Il est écrit d’une façon qui peut se lire différemment, ou qui n’est pas comprise ici : il n’est donc pas jugé.',
    'too-large': 'Il est plus grand que tout certificat vérifié ici.',
    'cut-off': 'Le fichier s’arrête avant d’être complet.',
    'not-as-issued':
      'Le fichier n’est pas tel qu’il a été émis : un autre programme l’a enregistré, ou c’est autre chose.',
    several: 'Le fichier contient plus d’un certificat signé.',
    'no-such-certificate': 'Aucun certificat n’a été émis à cette adresse : comparez-la au code QR, lettre par lettre.',
    altered: 'La signature ne correspond pas à ce qu’il dit : quelque chose y a été changé.',
    'wrong-key': 'La clé qui l’a signé n’est pas une clé avec laquelle son émetteur peut signer des certificats.',
    'not-listed': 'Son émetteur n’est pas sur la liste de ceux qui sont reconnus ici.',
    'no-keys': 'Il n’y a aucune clé de son émetteur permettant de vérifier la signature.',
    'foreign-address':
      'Son adresse n’est pas l’une des nôtres, son état n’est donc pas connu ici : ne l’ouvrez que si vous lui faites confiance.',
    unreachable: 'Ce que publie son émetteur n’a pas pu être obtenu à l’instant.',
    'list-unusable':
      'La liste de ce que son émetteur a révoqué n’est pas fiable : personne ne peut dire s’il a été révoqué.',
    'no-status': 'Il n’a pas expiré ; son émetteur ne dit pas s’il révoque des certificats.',
    'revoked-once': 'Son émetteur l’a révoqué.',
    'suspended-once': 'Son émetteur l’a suspendu.',
  },
  stop: '.',
  certificate: 'Certificat',
  sharedDescription: 'Ouvrez le lien pour voir si ce certificat est en vigueur aujourd’hui.',
  pictureAlt: (achievement, recipient) => `Certificat : ${achievement}, décerné à ${recipient}`,
  fullPicture: 'L’image en taille réelle',
  successor: (number) => html`Voir ${number}, qui l’a remplacé`,
  award: 'Distinction',
  awardedTo: 'Décerné à',
  wasAwardedTo: 'Avait été décerné à',
  awardedFor: 'pour',
  issuedBy: 'Émis par',
  issuedOn: 'Émis le',
  validUntil: 'Valide jusqu’au',
  number: 'Numéro',
  downloads: 'Téléchargements',
  pdf: 'Télécharger le PDF',
  png: 'Image (PNG)',
  svg: 'Dessin (SVG)',
  credential: 'Attestation signée',
  linkedIn: 'Ajouter à LinkedIn',
  pictureCarries: 'L’image contient l’attestation signée, pour les portefeuilles et sacs à dos Open Badges.',
  picturesCarry:
    'L’image et le dessin contiennent l’attestation signée, pour les portefeuilles et sacs à dos Open Badges.',
  checks: 'Ce qui a été vérifié',
  pdfHash: 'SHA-256 du PDF tel qu’il a été émis :',
  checkedOn: (day, host) => html`Vérifié le ${day} sur ${host}.`,
  openYourself: 'Une image ou une impression de cette page ne prouve rien : ouvrez l’adresse vous-même.',
  whatToDo: 'Que faire',
  languages: 'Langue',
  checkAnother: 'Vérifier un autre certificat',
  compare:
    'Ce qui a été vérifié est l’attestation signée. Comparez-la à ce qui vous a été remis : seul ce qui figure ici est signé.',
  withheld: {
    name: 'L’émetteur n’affiche pas le nom ici.',
    initials: 'L’émetteur n’affiche ici que les initiales.',
    documents: 'L’émetteur n’affiche pas les documents ici : demandez-les au titulaire ou à l’émetteur.',
  },
  trust: {
    heading: 'Qui est l’émetteur',
    listed: (name) => html`L’émetteur est sur la liste de ceux qui sont reconnus ici, sous le nom ${name}.`,
    unlisted:
      'L’émetteur n’est pas sur la liste de ceux qui sont reconnus ici. N’importe qui peut prendre n’importe quel nom : une signature seule ne dit pas qui il est.',
  },
  advice: {
    tampered: [
      'Ne l’acceptez pas : demandez le fichier original, ou l’adresse de sa page, à qui vous l’a remis.',
      'L’émetteur qui y figure peut vous dire s’il l’a émis.',
    ],
    'unknown-issuer': [
      'Demandez à l’émetteur qui y figure s’il l’a émis, à une adresse que vous connaissez par ailleurs.',
      'Tant qu’il n’a pas répondu, ne l’acceptez pas.',
    ],
    unreadable: [
      'Choisissez le PDF, l’image ou l’attestation tels qu’ils ont été téléchargés : une photo, un scan ou un fichier enregistré par un autre programme ne peut pas être vérifié.',
      'Ou scannez le code QR du certificat.',
    ],
    'status-unknown': [
      'Réessayez plus tard.',
      'Si rien ne change, demandez à l’émetteur qui y figure s’il est toujours en vigueur.',
    ],
  },
  form: {
    title: 'Vérifier un certificat',
    meaning: 'Collez-le ou choisissez son fichier. Rien n’en est conservé.',
    text: 'Le certificat, ou son adresse',
    textHint: 'L’adresse de son code QR, ou l’attestation signée (JSON ou JWT)',
    file: 'Ou son fichier',
    fileHint: 'PDF, image (PNG), JSON ou JWT, tel qu’il a été téléchargé ; 5 Mo au plus',
    check: 'Vérifier',
    others: 'Les certificats d’autres émetteurs peuvent aussi être vérifiés ici.',
    faults: {
      empty: 'Rien n’est arrivé : collez un certificat ou son adresse, ou choisissez un fichier.',
      both: 'Un texte et un fichier sont arrivés : n’envoyez que l’un des deux.',
      large: 'Cela dépasse 5 Mo et n’a donc pas été lu : choisissez le fichier tel qu’il a été téléchargé.',
      kind: 'Ce fichier n’est ni PDF, ni PNG, ni JSON, ni JWT : choisissez le certificat tel qu’il a été téléchargé, pas une photo ni un scan.',
      broken: 'Ce qui est arrivé n’est pas ce formulaire, ou est incomplet : remplissez-le à nouveau.',
    },
  },
  busy: {
    title: 'Un instant',
    meaning: 'De très nombreuses vérifications sont venues de votre adresse. Cela ne dit rien du certificat.',
    steps: ['Réessayez dans une minute.'],
  },
  unknown: {
    title: 'Certificat introuvable',
    meaning: 'Rien n’a été émis à cette adresse.',
    steps: [
      'Scannez à nouveau le code QR, ou comparez l’adresse à celle du certificat, lettre par lettre : majuscules et minuscules sont différentes.',
      'Si l’adresse est juste, n’acceptez pas le certificat : demandez le fichier original à qui vous l’a remis.',
      'L’émetteur qui y figure peut vous dire s’il a jamais été émis.',
    ],
  },
  unavailable: {
    title: 'Vérification impossible pour le moment',
    meaning: 'Cela ne dit rien du certificat : il est peut-être tout à fait valide.',
    steps: [
      'Réessayez dans une minute : rechargez cette page.',
      'Si rien ne change, prévenez l’émetteur qui figure sur le certificat.',
    ],
  },
};
