/** No file imports itself by way of others, types included. */
import { describe, expect, test } from "vitest";
import { importsOf, sourceFiles } from "./sourceFiles.js";

const extensions = [".ts", ".tsx", ".mjs"];

/** What each file of a room imports, of the rooms that are given. */
function importGraph(places: readonly string[]): Map<string, Set<string>> {
  const files = sourceFiles(places, extensions);
  return new Map(
    files.map((file) => {
      const targets = importsOf(file).map((edge) => edge.target);
      return [file, new Set(targets.filter((target) => target !== null))];
    }),
  );
}

/**
 * The shortest way from a file back to itself.
 *
 * @returns The files on the way, the first one again at its end, or `null` when
 *   there is no way.
 */
function shortestCircle(
  graph: Map<string, Set<string>>,
  start: string,
): string[] | null {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const file of queue) {
    for (const target of graph.get(file) ?? []) {
      if (target === start) {
        const way = [file, start];
        for (let at = file; at !== start; at = way[0] ?? start) {
          way.unshift(cameFrom.get(at) ?? start);
        }
        return way;
      }
      if (graph.has(target) && !cameFrom.has(target)) {
        cameFrom.set(target, file);
        queue.push(target);
      }
    }
  }
  return null;
}

/**
 * The circles of a graph, each once, as `a → b → a`. A file on several circles
 * is named with its shortest.
 */
function circlesOf(graph: Map<string, Set<string>>): string[] {
  const found = new Map<string, string>();
  for (const file of graph.keys()) {
    const circle = shortestCircle(graph, file);
    if (circle === null) continue;
    const members = [...new Set(circle)].sort().join(" ");
    if (!found.has(members)) found.set(members, circle.join(" → "));
  }
  return [...found.values()];
}

describe("imports form no circle, types included", () => {
  test.each([
    "schema",
    "component",
    "server",
    "client",
    "devserver",
    "example",
    "scripts",
    "bench",
    "tests",
  ])("%s/ has no circle", (room) => {
    expect(circlesOf(importGraph([room]))).toEqual([]);
  });
});
