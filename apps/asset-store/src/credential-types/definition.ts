import { externalId, freeJson, memberName, ownTerms, plainText, printable, validityPeriod } from '@laurel/contracts';
import { termFault } from '@laurel/credentials/term-fault';
import { z } from 'zod';

const input = z.record(
  memberName,
  z.strictObject({ type: z.enum(['string', 'number', 'date', 'instant']), required: z.boolean() }),
);
// As `freeJson`, which no OpenAPI document can tell; its refusal is said in its own words.
const jsonSchema = z
  .looseObject({})
  .refine((value) => freeJson.safeParse(value).success, 'must be JSON of at most 32 levels, its texts without NUL')
  .meta({ description: 'JSON Schema of the input, where more is demanded than types' }) as unknown as z.ZodType<
  Record<string, z.core.util.JSONType>
>;
// The same as `credential-type.published` carries; the outbox holds every publication against that contract.
const members = z.strictObject({
  name: plainText(200),
  description: plainText(2_000).optional(),
  input: input.meta({ description: 'What a request has to give, by name' }),
  occasion: z.array(memberName).min(1).max(8).meta({ description: 'What one certificate is for, in names' }),
  claims: z.array(memberName).max(64).meta({ description: 'The members of the input that are signed' }),
  terms: ownTerms,
  meta: z.array(memberName).max(64).default([]).meta({ description: 'Those that only the template shows' }),
  achievementType: printable(64).optional().meta({ description: 'As Open Badges 3.0 lists them: `Course`' }),
  validity: validityPeriod.optional().meta({ description: 'From issue to expiry; left out, it does not expire' }),
  qr: z.enum(['url']).default('url').meta({ description: 'What stands in the QR code' }),
  schema: jsonSchema.optional(),
});

/** The definition of a credential type: the contract of one kind of certificate. */
export type CredentialTypeDefinition = z.output<typeof members>;

const given = new Set(['batchId', 'awardId', 'learnerId']);
const mostBytes = 100_000;

/**
 * What a definition has to be. Beside the shapes of its members it has to hold together: what is signed, shown or an occasion stands
 * in the input, nothing is both signed and only shown, and what has a term of its own is signed under a name that no standard has
 * taken. `members` is the shape alone, for answers.
 */
export const definition = {
  members,
  whole: members.superRefine(check).meta({ id: 'CredentialTypeDefinition' }),
  withId: members
    .extend({ id: externalId.optional().meta({ description: 'Left out, a UUID is made' }) })
    .superRefine(check)
    .superRefine(checkId)
    .meta({ id: 'NewCredentialType' }),
};

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

function check(type: CredentialTypeDefinition, context: z.core.$RefinementCtx): void {
  const faults = [...inputFaults(type), ...listFaults(type), ...termFaults(type), ...occasionFaults(type)];
  if (Buffer.byteLength(JSON.stringify(type)) > mostBytes) {
    faults.push({ path: [], message: `must not be larger than ${mostBytes} bytes as JSON` });
  }
  for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message });
}

/** The address of a context holds the id of its type, and no address holds these. */
function checkId({ id, terms }: { id?: string | undefined; terms?: unknown }, context: z.core.$RefinementCtx): void {
  if (terms === undefined || (id !== '.' && id !== '..')) return;
  context.addIssue({
    code: 'custom',
    path: ['id'],
    message: 'is a dot or two, which the address of its terms cannot hold; choose another id, or leave out terms',
  });
}

const has = ({ input }: CredentialTypeDefinition, name: string) => Object.hasOwn(input, name);

function inputFaults({ input }: CredentialTypeDefinition): Fault[] {
  const count = Object.keys(input).length;
  if (count >= 1 && count <= 64) return [];
  return [{ path: ['input'], message: `must name 1 to 64 members, and names ${count}` }];
}

function listFaults(type: CredentialTypeDefinition): Fault[] {
  return (['claims', 'meta'] as const).flatMap((list) =>
    type[list].flatMap((name, at): Fault[] => {
      const path = [list, at];
      if (!has(type, name))
        return [{ path, message: `is no member of the input; add it there, or leave it out of ${list}` }];
      if (type[list].indexOf(name) !== at) return [{ path, message: 'stands here twice; leave one out' }];
      if (list === 'meta' && type.claims.includes(name)) {
        return [{ path, message: 'is signed too; a member stands in claims or in meta, not in both' }];
      }
      return [];
    }),
  );
}

function termFaults({ claims, terms = [] }: CredentialTypeDefinition): Fault[] {
  return terms.flatMap((name, at): Fault[] => {
    const path = ['terms', at];
    if (terms.indexOf(name) !== at) return [{ path, message: 'stands here twice; leave one out' }];
    if (!claims.includes(name)) return [{ path, message: 'is no claim; add it to claims, or leave it out of terms' }];
    // What is no such name at all is told by the shape already.
    const message = ownTerms.safeParse([name]).success ? termFault(name) : undefined;
    return message === undefined ? [] : [{ path, message }];
  });
}

function occasionFaults(type: CredentialTypeDefinition): Fault[] {
  return type.occasion.flatMap((name, at): Fault[] => {
    const path = ['occasion', at];
    if (type.occasion.indexOf(name) !== at) return [{ path, message: 'stands here twice; leave one out' }];
    if (!has(type, name)) {
      return given.has(name) ? [] : [{ path, message: 'is no member of the input, nor batchId, awardId or learnerId' }];
    }
    if (type.input[name]?.required === true) return [];
    return [{ path, message: 'has to be required in the input: a certificate without it would be for nothing' }];
  });
}
