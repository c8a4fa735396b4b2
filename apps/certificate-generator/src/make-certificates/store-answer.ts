import { TransientError } from '@laurel/messaging';
import { ObjectStoreUnavailable } from '@laurel/object-store';

/** The answer of the object store; that it is away is waited for, in order. */
export async function storeAnswer<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ObjectStoreUnavailable)) throw error;
    throw new TransientError('object store', error.message, { cause: error });
  }
}
