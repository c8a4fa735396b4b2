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
