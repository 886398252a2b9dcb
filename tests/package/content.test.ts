import { wasmModules } from "../../scripts/lib/paths.mjs";
import { readFileSync } from "node:fs";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, inject, test } from "vitest";
import { manifest } from "./packedPackage.js";

const packed = inject("packed");

describe("what npm publishes", () => {
  test("publint finds nothing to say about it", async () => {
    const archive = readFileSync(packed.archive);
    const { messages, pkg } = await publint({
      pack: { tarball: new Uint8Array(archive).buffer },
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("every entry point is in it", () => {
    const targets = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === "string" ? [entry] : Object.values(entry),
    );
    const paths = packed.files.map((file) => `./${file.path}`);
    expect(targets.filter((target) => !paths.includes(target))).toEqual([]);
  });

  test("the core, the licence and the readme are in it", () => {
    const paths = packed.files.map((file) => file.path);
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "README.md",
        "dist/component/schema.js",
        ...wasmModules.flatMap((name) => [
          `dist/pkg/${name}.js`,
          `dist/pkg/${name}Wasm.js`,
        ]),
      ]),
    );
  });

  test("nothing else is in it", () => {
    const expected =
      /^(dist|schema|component|server|client)\/|^(test\.ts|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
    const unwanted = /\.(test\.\w+|wasm|rs|tsbuildinfo)$|\.stamp$/;
    expect(
      packed.files
        .map((file) => file.path)
        .filter((file) => !expected.test(file) || unwanted.test(file)),
    ).toEqual([]);
  });
});
