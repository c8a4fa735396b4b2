/** The files that are made from the contracts, by their path in the repository. */
export function generatedFiles(): Record<string, string> {
  return {};
}
