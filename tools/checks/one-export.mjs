import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

// What has several exported values by its nature: the face of a library (`templates.ts` is rendering's second one, without
// the browser), a contract (with its type and the examples
// that prove it), and migrations, which TypeORM finds by their class.
const exempt =
  /(^|\/)index\.ts$|^libs\/rendering\/src\/templates\.ts$|\.contract\.ts$|\/migrations\/|\.spec\.ts$|\.d\.ts$|(^|\/)(generated|golden)\/|^tools\/ts\.mjs$/;

/**
 * One exported thing per file: at most one exported value (class, function, constant, enum). What only makes sense with
 * it may stand beside it: types and interfaces, and the classes of the errors that it throws (`extends ...Error`).
 * @param {string} root
 * @param {string[]} files relative to root
 * @returns {{file: string, problem: string}[]}
 */
export function oneExport(root, files) {
  return files
    .filter((file) => /^(apps|libs|deploy|tools)\/.*\.(ts|mjs)$/.test(file) && !exempt.test(file))
    .map((file) => ({ file, values: exportedValues(file, readFileSync(join(root, file), 'utf8')) }))
    .filter(({ values }) => values.length > 1)
    .map(({ file, values }) => ({
      file,
      problem: `exports ${values.length} values (${values.join(', ')}): give each a file of its own, or stop exporting it`,
    }));
}

function exportedValues(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false);
  return [...new Set(source.statements.flatMap(valuesOf))];
}

function valuesOf(statement) {
  if (ts.isExportDeclaration(statement)) {
    if (statement.isTypeOnly) return [];
    if (!statement.exportClause || !ts.isNamedExports(statement.exportClause)) return ['*'];
    return statement.exportClause.elements.filter((each) => !each.isTypeOnly).map((each) => each.name.text);
  }
  if (ts.isExportAssignment(statement)) return ['default'];
  const exported = statement.modifiers?.some((each) => each.kind === ts.SyntaxKind.ExportKeyword);
  if (!exported) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name.text] : name.elements.map((each) => each.name?.text ?? '?'),
    );
  }
  if (ts.isClassDeclaration(statement) && isError(statement)) return [];
  const isValue =
    ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement) || ts.isEnumDeclaration(statement);
  return isValue ? [statement.name?.text ?? 'default'] : [];
}

function isError(declaration) {
  return declaration.heritageClauses?.some(({ types }) =>
    types.some((type) => /Error$/.test(type.expression.text ?? '')),
  );
}
