/** What decides how a document is read, so that it belongs to the structure and is no value. */
const constant = new Set(['type', 'proofPurpose', 'cryptosuite']);

/** Whether the texts below a member are part of the document's structure: types and JSON-LD keywords, contexts among them. */
export function isConstantMember(name: string): boolean {
  return constant.has(name) || (name.startsWith('@') && name !== '@id' && name !== '@value');
}
