import { topicList } from '../catalogue/topic-list.ts';
import { aclCommands } from './acl-commands.ts';
import { aclList } from './acl-list.ts';
import { asyncApi } from './async-api.ts';
import { schemaFiles } from './schema-files.ts';

const folder = 'libs/contracts/generated';

/** The files that are made from the contracts, by their path in the repository. */
export function generatedFiles(): Record<string, string> {
  const acls = aclList();
  return {
    ...Object.fromEntries(
      Object.entries(schemaFiles()).map(([name, schema]) => [`${folder}/schemas/${name}.json`, json(schema)]),
    ),
    [`${folder}/asyncapi.json`]: json(asyncApi()),
    [`${folder}/topics.json`]: json(topicList()),
    [`${folder}/acls.json`]: json(acls),
    [`${folder}/acls.txt`]: aclCommands(acls),
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
