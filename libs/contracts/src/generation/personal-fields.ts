import type { z } from 'zod';
import { personalDataMark } from '../catalogue/personal-data-mark.ts';
import { jsonSchemaOf } from './json-schema-of.ts';

/** The paths of the fields that a schema marks as personal data: `learner.name`. A `*` stands for any member. */
export function personalFields(schema: z.ZodType): string[] {
  return [...new Set(marked(jsonSchemaOf(schema), []))].sort();
}

interface Node {
  readonly [personalDataMark]?: unknown;
  readonly properties?: Record<string, Node>;
  readonly additionalProperties?: Node | boolean;
  readonly items?: Node | boolean;
  readonly oneOf?: Node[];
  readonly anyOf?: Node[];
  readonly allOf?: Node[];
}

function marked(node: Node | boolean | undefined, path: string[]): string[] {
  if (typeof node !== 'object') return [];
  return [
    ...(node[personalDataMark] === true ? [path.join('.')] : []),
    ...Object.entries(node.properties ?? {}).flatMap(([name, member]) => marked(member, [...path, name])),
    ...[node.additionalProperties, node.items].flatMap((member) => marked(member, [...path, '*'])),
    ...[node.oneOf, node.anyOf, node.allOf].flatMap((nodes) => nodes ?? []).flatMap((each) => marked(each, path)),
  ];
}
