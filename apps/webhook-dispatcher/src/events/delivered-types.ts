import { catalogue, type Contract } from '@laurel/contracts';

/** The contracts whose events this service brings to endpoints: all that name it as a consumer. */
const delivered = (catalogue as readonly Contract[]).filter(({ consumers }) =>
  consumers.includes('webhook-dispatcher'),
);

/** The public name of each event type by its `ce_type`: the fact without the version of its contract. */
export const deliveredTypes: ReadonlyMap<string, string> = new Map(delivered.map(({ type, fact }) => [type, fact]));
