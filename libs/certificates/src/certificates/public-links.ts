/** Where the world finds a certificate. */
export interface PublicLinks {
  /** The page that the QR code leads to. */
  readonly verify: string;
  readonly pdf: string;
  /** The VC-JWT, whose SHA-256 the events tell. */
  readonly credential: string;
}

/** @param publicUrl the registry's public address, without a slash at its end */
export function publicLinks(publicUrl: string, publicId: string): PublicLinks {
  const verify = `${publicUrl}/v/${publicId}`;
  return { verify, pdf: `${verify}.pdf`, credential: `${verify}.jwt` };
}
