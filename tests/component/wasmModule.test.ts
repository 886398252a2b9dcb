import { describe, expect, it } from "vitest";
import { wasmModule } from "../../component/wasmModule.js";

/** The shortest module of WebAssembly: its magic number and its version. */
const bytes = [0, 97, 115, 109, 1, 0, 0, 0];

/** How compilers write the function that returns a module's bytes. */
const spellings: [string, () => string][] = [
  ["a literal", () => "AGFzbQEAAAA="],
  ["a template", () => `AGFzbQEAAAA=`],
  // Minifiers that keep lines short, and instrumenting ones, write these.
  ["two literals", () => "AGFzbQ" + "EAAAA="],
  [
    "a literal after a directive",
    () => {
      "use strict";
      return "AGFzbQEAAAA=";
    },
  ],
  [
    "a literal after another one",
    () => {
      seen.add("wasmBytes");
      return "AGFzbQEAAAA=";
    },
  ],
];

const seen = new Set<string>();

function exportsOf(wasmBytes: () => string): number {
  let exports = -1;
  const decide = wasmModule<{ ask: { call: null; answer: null } }>(
    {
      decide: () => "null",
      initSync: ({ module }) => {
        exports = WebAssembly.Module.exports(module).length;
      },
      reset: () => undefined,
    },
    wasmBytes,
  );
  decide("ask", null);
  return exports;
}

describe("the bytes of a module", () => {
  it.each(spellings)("are found in %s", (_spelling, wasmBytes) => {
    expect(atob(wasmBytes()).length).toBe(bytes.length);
    expect(exportsOf(wasmBytes)).toBe(0);
  });

  it("are asked for where the engine has not kept the source", () => {
    expect(exportsOf((() => "AGFzbQEAAAA=").bind(null))).toBe(0);
  });
});

describe("a trap", () => {
  it("drops the instance, so that the next call finds a fresh one", () => {
    let state = "fresh";
    const decide = wasmModule<{ ask: { call: null; answer: string } }>(
      {
        decide: () => {
          if (state !== "fresh") throw new Error("a spoiled instance");
          state = "spoiled";
          throw new WebAssembly.RuntimeError("unreachable");
        },
        initSync: () => undefined,
        reset: () => {
          state = "fresh";
        },
      },
      () => "AGFzbQEAAAA=",
    );
    expect(() => decide("ask", null)).toThrow("unreachable");
    expect(() => decide("ask", null)).toThrow("unreachable");
  });
});
