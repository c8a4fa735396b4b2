/**
 * Runs something that may take no more than so many milliseconds of this process's processor time, and gives what it gave.
 * What took more is run again, twice at most: a first run pays for the compilation of its path, and any run for a collection of garbage or for what else the
 * process does meanwhile, but what is dear by itself is dear each time. The answer is that of the first run.
 *
 * @throws {Error} with the milliseconds of all three, where each took more.
 */
export async function withinCpu<T>(milliseconds: number, run: () => Promise<T>): Promise<T> {
  const first = await costOf(run);
  const costs = [first.cost];
  while (costs.every((cost) => cost > milliseconds)) {
    if (costs.length === 3) {
      const each = costs.map((cost) => cost.toFixed(0)).join(', ');
      throw new Error(`Each of three runs took more than ${milliseconds} ms of processor time: ${each}`);
    }
    costs.push((await costOf(run)).cost);
  }
  return first.value;
}

async function costOf<T>(run: () => Promise<T>): Promise<{ value: T; cost: number }> {
  const before = process.cpuUsage();
  const value = await run();
  const { user, system } = process.cpuUsage(before);
  return { value, cost: (user + system) / 1_000 };
}
