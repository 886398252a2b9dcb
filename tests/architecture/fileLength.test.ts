import { expect, test } from "vitest";
import { readSource, sourceFiles } from "./sourceFiles.js";

/** A file beyond this many lines does more than its name says. */
const maximumLines = 400;

/** Files that may be longer, each with the reason. */
const exceptions: Readonly<Record<string, string>> = {};

const places = [
  ...["src", "schema", "component", "server", "client", "devserver"],
  ...["example", "tests", "bench", "scripts", "test.ts"],
];
const files = sourceFiles(places, [".rs", ".ts", ".tsx", ".mjs", ".css"]);

/** The lines of a file; the unit tests at the end of a Rust file do not count. */
const lines = (file: string) =>
  readSource(file)
    .replace(/^#\[cfg\(test\)\]\n(#.*\n)*mod [\s\S]*$/m, "")
    .trimEnd()
    .split("\n").length;

test("files are short", () => {
  expect(
    files
      .filter((file) => !(file in exceptions))
      .map((file) => [file, lines(file)] as const)
      .filter(([, count]) => count > maximumLines)
      .map(([file, count]) => `${file} has ${count} lines`),
  ).toEqual([]);
});

test("the exceptions exist and are needed", () => {
  expect(
    Object.keys(exceptions).filter(
      (file) => !files.includes(file) || lines(file) <= maximumLines,
    ),
  ).toEqual([]);
});

test("no work is left marked in the code", () => {
  // Written so that this file does not contain what it looks for.
  const marks = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME"].join("|")})\\b`);
  expect(files.filter((file) => marks.test(readSource(file)))).toEqual([]);
});
