import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { manifest, root } from "./packedPackage.js";

/** The entry points' declarations and what they import of this package. */
function publishedDeclarations(): Set<string> {
  const queue = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [] : [path.join(root, entry.types)],
  );
  const reached = new Set<string>();
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    // Convex's generator writes `any` where a function has no validator.
    if (reached.has(file) || file.includes("_generated")) continue;
    reached.add(file);
    for (const { fileName } of ts.preProcessFile(readFileSync(file, "utf8"))
      .importedFiles) {
      const target = path
        .resolve(path.dirname(file), fileName)
        .replace(/\.js$/, ".d.ts");
      if (fileName.startsWith(".") && existsSync(target)) queue.push(target);
    }
  }
  return reached;
}

/** The lines of a declaration file that contain the type `any`. */
function linesWithAny(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const lines = text.split("\n");
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(
        `${path.relative(root, file)}:${line + 1}: ${lines[line]?.trim()}`,
      );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("what apps see of the package's types", () => {
  const files = [...publishedDeclarations()].filter(
    (file) => !file.includes(`${path.sep}component${path.sep}`),
  );

  test("every entry point declares types", () => {
    expect(files.length).toBeGreaterThan(4);
  });

  test("no exported type is `any`", () => {
    expect(files.flatMap(linesWithAny)).toEqual([]);
  });
});
