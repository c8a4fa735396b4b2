import type { IHeaders } from 'kafkajs';
import type { HeaderValue } from '@laurel/contracts';

/**
 * The headers of a record as kafkajs decoded them, without what no producer wrote: for a name that every object has
 * (`constructor`, `__proto__`) it puts the object's own member beside the value, and a value may be null.
 */
export function kafkajsHeaders(decoded: IHeaders | undefined): Record<string, HeaderValue> {
  const headers = Object.entries(decoded ?? {}).flatMap(([name, value]): [string, HeaderValue][] => {
    const values = [value].flat().filter((one) => Buffer.isBuffer(one) || typeof one === 'string');
    const [first] = values;
    if (first === undefined) return [];
    return [[name, values.length === 1 ? first : values]];
  });
  // Not by assignment: `__proto__` is a name like any other here.
  return Object.fromEntries(headers);
}
