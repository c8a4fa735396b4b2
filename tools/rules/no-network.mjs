// A URL that a user has named may lead anywhere, also into the network of the installation: only outbound-http goes there,
// for it alone looks at the address. What can open a connection is refused everywhere else, and service-kit has the calls
// between services. Types are no connections.
const modules =
  /^(node:)?(http|https|http2|net|tls|dgram)$|^(undici|axios|got|ky|needle|node-fetch|superagent|ws)(\/|$)/;
const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];
const message =
  "'{{what}}' can connect to anything. A user's URL goes through @laurel/outbound-http, a service of Laurel through InternalHttp of @laurel/service-kit.";

/** @type {import('eslint').Rule.RuleModule} */
export const noNetwork = {
  meta: { type: 'problem', schema: [], messages: { network: message } },
  create(context) {
    const { sourceCode } = context;
    const report = (node) =>
      context.report({ node, messageId: 'network', data: { what: sourceCode.getText(node).slice(0, 60) } });
    const textOf = (node) => {
      if (node?.type === 'Literal') return node.value;
      if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0].value.cooked;
      return undefined;
    };
    const isModule = (node) => modules.test(String(textOf(node) ?? ''));
    const named = (node) => (node.computed ? textOf(node.property) : node.property.name);
    const isTypes = (node) =>
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      (node.specifiers?.length > 0 &&
        node.specifiers.every(({ importKind, exportKind }) => importKind === 'type' || exportKind === 'type'));
    const checkSource = (node) => {
      if (isModule(node.source) && !isTypes(node)) report(node);
    };

    return {
      ImportDeclaration: checkSource,
      ImportExpression: checkSource,
      ExportNamedDeclaration: checkSource,
      ExportAllDeclaration: checkSource,
      CallExpression(node) {
        // require, createRequire(…)(…) and process.getBuiltinModule. A first argument that only reads `http` is none of them.
        const callee = sourceCode.getText(node.callee);
        if (/require|getBuiltinModule/i.test(callee) && isModule(node.arguments[0])) report(node);
      },
      'Program:exit'(node) {
        const scope = sourceCode.getScope(node);
        for (const name of globals) {
          for (const { identifier } of references(scope, name)) {
            if (!identifier.parent.type.startsWith('TS')) report(identifier.parent);
          }
        }
        for (const name of ['globalThis', 'global']) {
          for (const { identifier } of references(scope, name)) {
            const { parent } = identifier;
            if (parent.type === 'MemberExpression' && globals.includes(named(parent))) report(parent);
            const pattern =
              parent.type === 'VariableDeclarator' && parent.id.type === 'ObjectPattern' ? parent.id : null;
            if (pattern?.properties.some(({ key }) => globals.includes(key?.name ?? key?.value))) report(parent);
          }
        }
      },
    };
  },
};

/** References to a global, whether the configuration declares it or not. */
function references(scope, name) {
  const declared = scope.set.get(name)?.references ?? [];
  const undeclared = scope.through.filter(({ identifier }) => identifier.name === name);
  return [...new Set([...declared, ...undeclared])];
}
