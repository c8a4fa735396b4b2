/** The environment cannot be used. The message lists every wrong variable with what is wrong and the fix, never a value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    const head = problems.length === 1 ? 'One setting is wrong' : `${problems.length} settings are wrong`;
    super(
      `${head}; docs/settings.md describes all of them:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
}
