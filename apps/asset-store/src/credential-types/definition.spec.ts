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
/** A type one of whose claims wants to be a term under this name. */
const taken = (name: string) => ({
  input: { code: { type: 'string', required: true }, [name]: { type: 'string', required: true } },
  ...{ occasion: ['code'], claims: [name], terms: [name], meta: [] },
});
const faultsOf = (change: object) =>
  definition.whole
    .safeParse({ ...good, ...change })
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the definition of a credential type', () => {
  it('holds together', () => {
    expect(definition.whole.parse({ ...good, meta: undefined })).toEqual({ ...good, meta: [], qr: 'url' });
    expect(faultsOf({ occasion: ['batchId', 'awardId', 'learnerId'] })).toBeUndefined();
    expect(definition.whole.parse({ ...good, terms: ['dose'] })).toEqual({ ...good, terms: ['dose'], qr: 'url' });
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
    [{ terms: ['place'] }, 'terms.0: is no claim; add it to claims'],
    [{ terms: ['dose', 'dose'] }, 'terms.1: stands here twice'],
    [taken('name'), 'terms.0: has a meaning in VC 2.0 or Open Badges 3.0'],
    [taken('valueMax'), 'terms.0: has a meaning in VC 2.0 or Open Badges 3.0'],
    [taken('id'), 'terms.0: has a meaning in VC 2.0 or Open Badges 3.0'],
    [taken('urn'), 'terms.0: is what addresses begin with'],
    [taken('toString'), 'terms.0: is what every object of JavaScript has'],
    [taken('Dose'), 'terms.0: must be a name in camel case'],
    [taken('dose-2'), 'terms.0: must be a name in camel case'],
    [{ terms: [] }, 'terms: '],
    [{ validity: '2 years' }, 'validity: must be an ISO 8601 duration'],
    [{ schema: { deep: 'x'.repeat(100_001) } }, ': must not be larger than 100000 bytes'],
    [{ id: 'x' }, ': Unrecognized key'],
  ])('is refused: %o', (change, fault) => {
    expect(faultsOf(change)).toEqual([expect.stringContaining(fault)]);
  });

  it.each(['.', '..'])('with terms is refused under the id %s, which no address holds', (id) => {
    const faults = (more: object) => definition.withId.safeParse({ ...good, id, ...more }).error?.issues;
    expect(faults({})).toBeUndefined();
    expect(faults({ terms: ['dose'] })).toEqual([
      expect.objectContaining({ path: ['id'], message: expect.stringContaining('is a dot or two') as string }),
    ]);
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
