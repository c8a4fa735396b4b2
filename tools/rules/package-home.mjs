// Some packages live behind one library. The import rules of ESLint and Nx see only static imports and import();
// this one refuses the package's name as a text anywhere, so that require, createRequire and import types count too.

/** @type {import('eslint').Rule.RuleModule} */
export const packageHome = {
  meta: {
    type: 'problem',
    schema: [
      {
        type: 'object',
        properties: { packages: { type: 'array', items: { type: 'string' } }, home: { type: 'string' } },
        required: ['packages', 'home'],
        additionalProperties: false,
      },
    ],
    messages: { away: "'{{name}}' may be named only in {{home}}. Use what that library exports, or extend its port." },
  },
  create(context) {
    const [{ packages, home }] = context.options;
    const check = (node, text) => {
      const name = packages.find((each) => text === each || text.startsWith(`${each}/`));
      if (name) context.report({ node, messageId: 'away', data: { name, home } });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateElement(node) {
        check(node, node.value.cooked ?? '');
      },
    };
  },
};
