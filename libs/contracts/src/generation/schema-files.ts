import { catalogue } from '../catalogue/catalogue.ts';
import { contractFile } from '../catalogue/contract-file.ts';
import type { Contract } from '../catalogue/contract.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema-of.ts';

/** One JSON Schema per event type by its name, and one more where strangers may write another form. */
export function schemaFiles(): Record<string, JsonSchema> {
  const files: Record<string, JsonSchema> = {};
  for (const contract of catalogue as readonly Contract[]) {
    const about = { $comment: `Made from ${contractFile(contract)}.`, title: contract.type };
    const { $schema, ...data } = jsonSchemaOf(contract.data);
    files[contract.type] = { $schema, ...about, description: contract.description, ...data };
    if (!contract.wire) continue;
    const { $schema: _, ...plain } = jsonSchemaOf(contract.wire.schema);
    const description = `${contract.description} What a foreign system writes: as plain JSON, or as the data of a CloudEvent.`;
    files[`${contract.type}.plain`] = { $schema, ...about, title: `${contract.type}, plain`, description, ...plain };
  }
  return files;
}
