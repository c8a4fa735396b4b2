// Settings are read once, by service-kit, so that each is validated, documented and kept out of the logs if secret.
// The usual selector on `process.env` misses process['env'], destructuring, aliases and the import of node:process:
// here every use of the global that is not `process.<something but env>` is refused.
const message =
  "'{{what}}' reads the environment past the settings. Take the value from the settings that service-kit parsed, or add it to their schema.";

/** @type {import('eslint').Rule.RuleModule} */
export const noEnvironment = {
  meta: { type: 'problem', schema: [], messages: { environment: message } },
  create(context) {
    const { sourceCode } = context;
    const report = (node) =>
      context.report({ node, messageId: 'environment', data: { what: sourceCode.getText(node).slice(0, 60) } });
    const named = (node) => (node.computed ? node.property.value : node.property.name);

    const isModule = (node) => node?.type === 'Literal' && (node.value === 'node:process' || node.value === 'process');
    const checkSource = (node) => {
      if (isModule(node.source)) report(node);
    };

    return {
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      CallExpression(node) {
        if (isModule(node.arguments[0])) report(node);
      },
      'Program:exit'(node) {
        for (const { identifier } of globalReferences(sourceCode.getScope(node), 'process')) {
          const { parent } = identifier;
          const member = parent.type === 'MemberExpression' && parent.object === identifier;
          if (parent.type === 'TSTypeQuery') continue;
          if (!member) report(parent);
          else if (parent.computed && typeof parent.property.value !== 'string') report(parent);
          else if (named(parent) === 'env') report(parent);
        }
        for (const name of ['globalThis', 'global']) {
          for (const { identifier } of globalReferences(sourceCode.getScope(node), name)) {
            const { parent } = identifier;
            if (parent.type === 'MemberExpression' && named(parent) === 'process') report(parent);
            const pattern =
              parent.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern' ? parent.id : null;
            if (pattern?.properties.some((property) => property.key?.name === 'process')) report(parent);
          }
        }
      },
    };
  },
};

/** References to a global, whether the configuration declares it or not. */
function globalReferences(scope, name) {
  const declared = scope.set.get(name)?.references ?? [];
  const undeclared = scope.through.filter((reference) => reference.identifier.name === name);
  return [...new Set([...declared, ...undeclared])];
}
