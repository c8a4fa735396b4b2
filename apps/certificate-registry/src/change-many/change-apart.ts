import { classifyError } from '@laurel/messaging';
import type { Transaction } from '@laurel/persistence';

/** Those with errors of their own that one step may have. More are a fault of the code, not of the certificates. */
const mostCulprits = 20;

/**
 * Changes what can be changed: all together; where that fails, each half by itself, until those with an error of their own are
 * alone. What they did is undone, and `tell` makes their result from the reason.
 *
 * @returns the results in the order of the items
 * @throws what failed, when it is an outage, or when more than 20 fail alone
 */
export async function changeApart<Item, Result>(
  transaction: Transaction,
  items: readonly Item[],
  change: (items: readonly Item[]) => Promise<Result[]>,
  tell: (item: Item, reason: string) => Result,
): Promise<Result[]> {
  let culprits = 0;
  const apart = async (some: readonly Item[]): Promise<Result[]> => {
    try {
      return await transaction.attempt(() => change(some));
    } catch (error) {
      const { class: kind, reason } = classifyError(error);
      if (kind === 'transient') throw error;
      const [alone] = some;
      if (alone === undefined || (some.length === 1 && ++culprits > mostCulprits)) throw error;
      if (some.length === 1) return [tell(alone, reason)];
    }
    const middle = Math.ceil(some.length / 2);
    return [...(await apart(some.slice(0, middle))), ...(await apart(some.slice(middle)))];
  };
  return apart(items);
}
