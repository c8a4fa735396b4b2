import { credentialTypePublished } from '@laurel/contracts';
import { describe, expect, it } from 'vitest';
import { courseCompletion } from '../publish-built-ins/course-completion.ts';
import { definition } from './definition.ts';

const good = {
  name: 'Vaccination',
  input: {
    code: { type: 'string', required: true },
    dose: { type: 'number', required: true },
    place: { type: 'string', required: false },
  },
  occasion: ['code', 'dose'],
  claims: ['dose'],
  meta: ['place'],
};
const faultsOf = (change: object) =>
  definition.whole
    .safeParse({ ...good, ...change })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the definition of a credential type', () => {
  it('holds together', () => {
    expect(definition.whole.parse({ ...good, meta: undefined })).toEqual({ ...good, meta: [], qr: 'url' });
    expect(faultsOf({ occasion: ['batchId', 'awardId', 'learnerId'] })).toBeUndefined();
  });

  it.each([
    [{ claims: ['dose', 'name'] }, 'claims.1: is no member of the input'],
    [{ meta: ['toString'] }, 'meta.0: is no member of the input'],
    [{ claims: ['dose', 'dose'] }, 'claims.1: stands here twice'],
    [{ meta: ['dose'] }, 'meta.0: is signed too'],
    [{ occasion: ['code', 'patientId'] }, 'occasion.1: is no member of the input, nor batchId, awardId or learnerId'],
    [{ occasion: ['place'] }, 'occasion.0: has to be required in the input'],
    [{ occasion: ['code', 'code'] }, 'occasion.1: stands here twice'],
    [{ occasion: [] }, 'occasion: '],
    [{ input: {}, claims: [], meta: [], occasion: ['batchId'] }, 'input: must name 1 to 64 members, and names 0'],
    [{ validity: '2 years' }, 'validity: must be an ISO 8601 duration'],
    [{ schema: { deep: 'x'.repeat(100_001) } }, ': must not be larger than 100000 bytes'],
    [{ id: 'x' }, ': Unrecognized key'],
  ])('is refused: %o', (change, fault) => {
    expect(faultsOf(change)).toEqual([expect.stringContaining(fault)]);
  });

  it('names every fault at once', () => {
    expect(faultsOf({ claims: ['a'], meta: ['b'], occasion: ['c'] })).toHaveLength(3);
  });

  it('of the built-in type holds too, and fits its event', () => {
    for (const { version, definition: built } of courseCompletion.versions) {
      expect(definition.whole.parse(built)).toEqual(built);
      credentialTypePublished.data.parse({ typeId: courseCompletion.id, version, ...built });
    }
  });
});
