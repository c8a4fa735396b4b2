import { externalId, freeJson, memberName, plainText, printable, validityPeriod } from '@laurel/contracts';
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
 * in the input, nothing is both signed and only shown. `members` is the shape alone, for answers.
 */
export const definition = {
  members,
  whole: members.superRefine(check).meta({ id: 'CredentialTypeDefinition' }),
  withId: members
    .extend({ id: externalId.optional().meta({ description: 'Left out, a UUID is made' }) })
    .superRefine(check)
    .meta({ id: 'NewCredentialType' }),
};

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

function check(type: CredentialTypeDefinition, context: z.core.$RefinementCtx): void {
  const faults = [...inputFaults(type), ...listFaults(type), ...occasionFaults(type)];
  if (Buffer.byteLength(JSON.stringify(type)) > mostBytes) {
    faults.push({ path: [], message: `must not be larger than ${mostBytes} bytes as JSON` });
  }
  for (const { path, message } of faults) context.addIssue({ code: 'custom', path, message });
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
