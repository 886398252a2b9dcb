import ts from "typescript";
import { describe, expect, test } from "vitest";
import { parse, readSource, sourceFiles } from "./sourceFiles.js";

const rooms = [
  ...["schema", "component", "server", "client", "test.ts"],
  ...["devserver", "example", "tests"],
];
const files = sourceFiles(rooms, [".ts", ".tsx"]);

/** Collects positions in a file where a node is refused. */
function refusedNodes(file: string, refuse: (node: ts.Node) => boolean) {
  const source = parse(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (refuse(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("types are kept", () => {
  test("nothing is asserted to be `any`", () => {
    expect(
      files.flatMap((file) =>
        refusedNodes(
          file,
          (node) =>
            (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) &&
            node.type.kind === ts.SyntaxKind.AnyKeyword,
        ),
      ),
    ).toEqual([]);
  });

  test("the compiler is not silenced", () => {
    // Written so that this file does not contain what it looks for.
    const directive = new RegExp(`@ts-(${["ignore", "nocheck"].join("|")})`);
    expect(files.filter((file) => directive.test(readSource(file)))).toEqual(
      [],
    );
  });
});
