import type { PageLabel } from './page-label.ts';
import type { Spoken } from './structure-tree.ts';

/** How each text of a page is tagged: one heading, which is what the certificate is for; a picture that is marked as a text is the QR code. */
export function pageTags(texts: PageLabel['texts']): Spoken['tag'][] {
  const heading = texts.findIndex(({ slot }) => slot === 'achievement.name');
  return texts.map(({ slot }, index) => (slot === 'qr' ? 'Figure' : index === heading ? 'H1' : 'P'));
}
