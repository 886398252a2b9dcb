import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** Absolute path of the repository's root, without a final separator. */
export const root = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  "../..",
);

/** Folders that hold nothing written by hand. */
const skipped = new Set([
  ...["node_modules", "dist", "target", "_generated", ".cache", "corpus"],
]);

/**
 * Lists the source files below folders or files of the repository.
 *
 * @param places - Paths from the root; what does not exist is left out.
 * @param extensions - Which endings to list, such as `.ts`.
 * @returns Paths from the root with `/` between their parts, sorted.
 */
export function sourceFiles(
  places: readonly string[],
  extensions: readonly string[],
): string[] {
  const found: string[] = [];
  const visit = (relative: string) => {
    for (const entry of readdirSync(path.join(root, relative), {
      withFileTypes: true,
    })) {
      const child = `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(child);
      } else {
        found.push(child);
      }
    }
  };
  for (const place of places) {
    if (!existsSync(path.join(root, place))) continue;
    if (/\.\w+$/.test(place)) found.push(place);
    else visit(place);
  }
  return found
    .filter((file) => extensions.some((ending) => file.endsWith(ending)))
    .sort();
}

/** Reads a file of the repository, given by its path from the root. */
export function readSource(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** One import, re-export or dynamic import in a TypeScript file. */
export interface ImportEdge {
  /** The importing file, from the root. */
  readonly from: string;
  /** What stands between the quotes. */
  readonly specifier: string;
  /** The imported file from the root when the specifier is relative. */
  readonly target: string | null;
  /** Whether nothing of it remains after compilation. */
  readonly typeOnly: boolean;
}

/** Reads what a TypeScript file imports. */
export function importsOf(file: string): ImportEdge[] {
  const source = parse(file);
  const edges: ImportEdge[] = [];
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const text = specifier.text;
    edges.push({
      from: file,
      specifier: text,
      target: text.startsWith(".") ? resolveRelative(file, text) : null,
      typeOnly,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, isTypeOnly(node.importClause));
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword
    ) {
      add(node.arguments[0], false);
    } else if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument)
    ) {
      add(node.argument.literal, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edges;
}

/** Parses a TypeScript file of the repository. */
export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(
    file,
    readSource(file),
    ts.ScriptTarget.Latest,
    true,
    file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const bindings = clause.namedBindings;
  return (
    clause.name === undefined &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.length > 0 &&
    bindings.elements.every((element) => element.isTypeOnly)
  );
}

/**
 * The file that a relative import names.
 *
 * @param from - The importing file, from the root.
 * @param specifier - What stands between the quotes.
 */
export function resolveRelative(from: string, specifier: string): string {
  const target = path.posix.join(path.posix.dirname(from), specifier);
  const stem = target.replace(/\.js$/, "");
  for (const candidate of [`${stem}.ts`, `${stem}.tsx`, `${stem}.d.ts`]) {
    if (existsSync(path.join(root, candidate))) return candidate;
  }
  return existsSync(path.join(root, target)) ? target : `${stem}.ts`;
}

/**
 * Follows imports that remain after compilation.
 *
 * @param entries - Files to start from, from the root.
 * @returns Every file reached, the entries included.
 */
export function runtimeGraph(entries: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const queue = [...entries];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    if (!/\.tsx?$/.test(file) || file.endsWith(".d.ts")) continue;
    if (!existsSync(path.join(root, file))) continue;
    for (const edge of importsOf(file)) {
      if (!edge.typeOnly && edge.target !== null) queue.push(edge.target);
    }
  }
  return reached;
}
