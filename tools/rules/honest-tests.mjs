// A test that is skipped, runs alone or sleeps says less than its green line claims. A sleep is either too short on a
// busy machine or too long on a free one: wait for what must become true (`waitFor` of @laurel/testing).
const tests = new Set(['it', 'test', 'describe', 'suite', 'bench']);

/** @type {import('eslint').Rule.RuleModule} */
export const honestTests = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      focus: "'.{{name}}' hides tests from every run. Remove it; a test that cannot hold is mended or deleted.",
      sleep: "'{{name}}' makes this test sleep. Use waitFor from @laurel/testing, or fake timers.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const sleep = (node, name) => context.report({ node, messageId: 'sleep', data: { name } });
    return {
      MemberExpression(node) {
        const name = node.computed ? node.property.value : node.property.name;
        if (!['only', 'skip', 'todo', 'fails'].includes(name)) return;
        let root = node.object;
        while (root.type === 'MemberExpression' || root.type === 'CallExpression') root = root.object ?? root.callee;
        if (tests.has(root.name)) context.report({ node, messageId: 'focus', data: { name } });
      },
      ImportDeclaration(node) {
        if (/^(node:)?timers(\/promises)?$/.test(node.source.value)) sleep(node, node.source.value);
      },
      ImportExpression(node) {
        if (/^(node:)?timers(\/promises)?$/.test(node.source.value ?? '')) sleep(node, node.source.value);
      },
      CallExpression({ callee }) {
        const text = sourceCode.getText(callee);
        if (/^(globalThis\.)?(setTimeout|setInterval)$|^Atomics\.wait$/.test(text)) sleep(callee, text);
      },
    };
  },
};
