const FIXED = new Set([
  'recipient.name',
  'recipient.id',
  'achievement.name',
  'achievement.description',
  'issuer.name',
  'certificate.number',
  'certificate.issuedOn',
  'certificate.expiresOn',
  'completion.completedOn',
  'completion.score',
  'batch.name',
  'course.title',
  'verify.url',
  'qr',
]);
/** `item.<name>` is a value of the row, inside of a repeated part: check-slots.ts refuses it elsewhere. */
const OPEN =
  /^(?:claims|meta|item)\.[A-Za-z][A-Za-z0-9_-]{0,63}$|^signatories\.[0-9]\.(?:name|title|signature)$|^images\.[A-Za-z0-9_-]{1,64}$/;

/** What Sunbird's templates, version 2 (`${recipientName}`) and 3 (`{{credentialSubject.recipientName}}`), call our slots. */
const SUNBIRD: Readonly<Record<string, string>> = {
  recipientName: 'recipient.name',
  recipientId: 'recipient.id',
  courseName: 'course.title',
  issuedDate: 'certificate.issuedOn',
  expiryDate: 'certificate.expiresOn',
  certificateName: 'achievement.name',
  certificateDescription: 'achievement.description',
  certificateNum: 'certificate.number',
  issuerName: 'issuer.name',
  signatory0Image: 'signatories.0.signature',
  signatory0Name: 'signatories.0.name',
  signatory0Designation: 'signatories.0.title',
  signatory1Image: 'signatories.1.signature',
  signatory1Name: 'signatories.1.name',
  signatory1Designation: 'signatories.1.title',
  qrCodeImage: 'qr',
  qrCode: 'qr',
  issuanceDate: 'certificate.issuedOn',
  'credentialSubject.recipientName': 'recipient.name',
  'credentialSubject.trainingName': 'course.title',
};

/** The slot that a template means by this name, or undefined where there is none. */
export function slotName(written: string): string | undefined {
  const mapped = Object.hasOwn(SUNBIRD, written) ? SUNBIRD[written] : undefined;
  if (mapped !== undefined) return mapped;
  return FIXED.has(written) || OPEN.test(written) ? written : undefined;
}
