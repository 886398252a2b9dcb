import { describe, expect, test } from "vitest";
import { importsOf, sourceFiles } from "./sourceFiles.js";

/** Which files each file imports, for its types or for its code. */
type ImportGraph = ReadonlyMap<string, readonly string[]>;

function importGraph(places: readonly string[]): ImportGraph {
  const files = sourceFiles(places, [".ts", ".tsx", ".mjs"]);
  return new Map(
    files.map((file) => [
      file,
      importsOf(file).flatMap(({ target }) => target ?? []),
    ]),
  );
}

/**
 * The shortest way from a file back to itself.
 *
 * @returns The files in the order of the imports, the first one again at the
 *   end; `null` when no way leads back.
 */
function circleOf(start: string, graph: ImportGraph): string[] | null {
  const importers = new Map<string, string>();
  // The queue grows while it is read.
  const queue = [start];
  for (const file of queue) {
    for (const target of graph.get(file) ?? []) {
      if (target === start) {
        return [...wayTo(file, importers), start];
      }
      if (!importers.has(target)) {
        importers.set(target, file);
        queue.push(target);
      }
    }
  }
  return null;
}

function wayTo(file: string, importers: ReadonlyMap<string, string>): string[] {
  const importer = importers.get(file);
  return importer === undefined
    ? [file]
    : [...wayTo(importer, importers), file];
}

/** The shortest circle of each file that is on one, each circle once. */
function circlesOf(graph: ImportGraph): string[] {
  const circles = new Map<string, string>();
  for (const file of graph.keys()) {
    const circle = circleOf(file, graph);
    if (circle === null) continue;
    const members = [...circle.slice(1)].sort().join();
    if (!circles.has(members)) circles.set(members, circle.join(" → "));
  }
  return [...circles.values()];
}

describe("imports form no circle, not even imports of types", () => {
  const graph = importGraph([
    "schema",
    "component",
    "server",
    "client",
    "devserver",
    "example",
    "scripts",
    "bench",
    "tests",
    "test.ts",
  ]);

  test("no file imports itself by way of others", () => {
    expect(circlesOf(graph)).toEqual([]);
  });

  test("the graph knows imports of types, of code and of other rooms", () => {
    expect(graph.get("server/config.ts")).toEqual(
      expect.arrayContaining([
        "server/providers/provider.ts",
        "server/refuse.ts",
      ]),
    );
    expect(graph.get("server/authError.ts")).toContain("schema/errorCode.ts");
  });

  test("a circle is printed as its files import one another", () => {
    const knotted = new Map([
      ["a", ["b", "d"]],
      ["b", ["c"]],
      ["c", ["a"]],
      ["d", []],
    ]);
    expect(circlesOf(knotted)).toEqual(["a → b → c → a"]);
  });
});
