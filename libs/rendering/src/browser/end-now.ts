/** Ends one process, or all of the group that one leads, at once; one that has ended is no error. */
export function endNow(target: { process: number } | { group: number }): void {
  try {
    process.kill('group' in target ? -target.group : target.process, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
