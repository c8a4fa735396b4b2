/** Why a file is no font that can be printed with; a sentence that says what to do. */
export class FontRefused extends Error {
  override readonly name = 'FontRefused';
}
