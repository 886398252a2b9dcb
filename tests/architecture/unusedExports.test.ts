import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { parse, resolveRelative, sourceFiles } from "./sourceFiles.js";

const EXTENSIONS = [".ts", ".tsx"];

/** The rooms whose exports are checked. */
const rooms = ["schema", "component", "server", "client"];

/** Exports that nothing imports, each with its reason. */
const allowed: readonly string[] = [];

/** The functions of Convex that register another one. */
const registering = new Set([
  ...["query", "mutation", "action", "httpAction"],
  ...["internalQuery", "internalMutation", "internalAction"],
]);

const isGenerated = (file: string) => file.includes("/_generated/");

/** The files that the package's users import. */
const entryPoints = new Set(
  Object.values(packageJson.exports)
    .filter((entry) => typeof entry !== "string")
    .map((entry) => entry.types.replace("./dist/", "").replace(".d.ts", ".ts")),
);

const hasExport = (node: ts.Node) =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some(
    (modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword,
  );

const isRegistered = (declaration: ts.VariableDeclaration) =>
  declaration.initializer !== undefined &&
  ts.isCallExpression(declaration.initializer) &&
  ts.isIdentifier(declaration.initializer.expression) &&
  registering.has(declaration.initializer.expression.text);

/** The names that a file declares for others, without registered functions. */
const exportsOf = (file: string): string[] =>
  parse(file).statements.flatMap((statement) => {
    if (!hasExport(statement)) return [];
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations
        .filter((one) => !(file.startsWith("component/") && isRegistered(one)))
        .flatMap((one) => (ts.isIdentifier(one.name) ? [one.name.text] : []));
    }
    const isNamed =
      ts.isFunctionDeclaration(statement) ||
      ts.isClassDeclaration(statement) ||
      ts.isInterfaceDeclaration(statement) ||
      ts.isTypeAliasDeclaration(statement) ||
      ts.isEnumDeclaration(statement);
    return isNamed && statement.name !== undefined ? [statement.name.text] : [];
  });

const key = (file: string, name: string) => `${file} ${name}`;

/** The names that a file takes from others, as `file name`; `*` for all. */
const usedIn = (file: string): string[] => {
  const used: string[] = [];
  const take = (specifier: ts.Expression | undefined, names: string[]) => {
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return;
    if (!specifier.text.startsWith(".")) return;
    const target = resolveRelative(file, specifier.text);
    used.push(...names.map((name) => key(target, name)));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      take(node.moduleSpecifier, namesOf(bindings));
    } else if (ts.isExportDeclaration(node)) {
      take(node.moduleSpecifier, namesOf(node.exportClause));
    } else if (ts.isImportTypeNode(node)) {
      const literal = node.argument;
      if (ts.isLiteralTypeNode(literal) && ts.isStringLiteral(literal.literal))
        take(literal.literal, ["*"]);
    } else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword
    ) {
      take(node.arguments[0], ["*"]);
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return used;
};

/** What the braces of an import or export name; `*` for all. */
const namesOf = (
  bindings: ts.NamedImportBindings | ts.NamedExportBindings | undefined,
) =>
  bindings !== undefined &&
  (ts.isNamedImports(bindings) || ts.isNamedExports(bindings))
    ? bindings.elements.map((one) => (one.propertyName ?? one.name).text)
    : ["*"];

test("another file uses each name that a file of the package exports", () => {
  const all = [...rooms, "test.ts", "devserver", "example", "tests", "bench"];
  const used = new Set(
    sourceFiles(all, EXTENSIONS)
      .filter((file) => !isGenerated(file))
      .flatMap(usedIn),
  );
  const unused = sourceFiles(rooms, EXTENSIONS)
    .filter((file) => !isGenerated(file) && !entryPoints.has(file))
    .filter((file) => !used.has(key(file, "*")))
    .flatMap((file) => exportsOf(file).map((name) => key(file, name)))
    .filter((name) => !used.has(name) && !allowed.includes(name));
  expect(entryPoints).toContain(path.posix.join("server", "index.ts"));
  expect(unused).toEqual([]);
});
