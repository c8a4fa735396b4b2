// Compilers disagree on what a column without a type is: tsc emits String or Number for an imported enum or an alias,
// Oxc and swc emit Object. The service would start and its tests would not, or the reverse.
const columns = new Set(['Column', 'PrimaryColumn', 'ViewColumn']);

/** @type {import('eslint').Rule.RuleModule} */
export const columnType = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { missing: "@{{name}} names no type. Write @{{name}}('text') or @{{name}}({ type: 'text' })." },
  },
  create(context) {
    return {
      Decorator({ expression: call }) {
        if (call.type !== 'CallExpression' || !columns.has(call.callee.name)) return;
        const typed = call.arguments.some(
          (argument) =>
            argument.type === 'Literal' ||
            (argument.type === 'ObjectExpression' &&
              argument.properties.some((property) => property.key?.name === 'type')),
        );
        if (!typed) context.report({ node: call, messageId: 'missing', data: { name: call.callee.name } });
      },
    };
  },
};
