import { describe, expect, test } from "vitest";
import {
  fileGraph,
  findCircle,
  grouped,
  readModules,
  undocumented,
} from "./rustModules.js";
import { readSource, sourceFiles } from "./sourceFiles.js";

const ROOT = "src/lib.rs";

/** What every module may use. None of these knows a word of the domain. */
const floor = [
  "number",
  "time",
  "entropy",
  "origin",
  "token",
  "normal_form",
  "identifier",
  "redirect",
  "limiter",
  "code",
  "refusal",
  "audit",
];

/** Formats and cryptography. */
const protocol = ["jose", "webauthn", "password", "factor_secret", "totp"];

/** The words of the domain, from the ground to the roof. */
const words = [
  "user",
  "account",
  "administrator",
  "tree",
  "signing_key",
  "session",
  "permission",
  "group",
  "member",
  "role",
  "invite",
  "key",
  "one_time_token",
  "second_factor",
  "sign_in",
  "passkey",
];

/** What is exported to JavaScript. */
const doors = ["wasm"];

const order = [...floor, ...protocol, ...words, ...doors];

const modules = readModules(sourceFiles(["src"], [".rs"]), ROOT);
const files = new Map(
  [...fileGraph(modules)].filter(([file]) => file !== ROOT),
);
const graph = grouped(files, (file) =>
  file.replace(/^src\//, "").replace(/(\.rs|\/.*)$/, ""),
);

/** Each use of a module by one that stands before it. */
const upward = [...graph].flatMap(([module, uses]) =>
  [...uses]
    .filter((used) => order.indexOf(used) > order.indexOf(module))
    .map((used) => `${module} uses ${used}`),
);

describe("the modules of the crate stand on one another in one order", () => {
  test("the graph has the uses that a reader finds, so that these rules check something", () => {
    expect(graph.get("passkey")).toContain("sign_in");
    expect(files.get("src/second_factor/totp/confirm.rs")).toContain(
      "src/totp/verify.rs",
    );
  });

  test("the order names each module of the crate, once", () => {
    expect([...graph.keys()].sort()).toEqual([...order].sort());
  });

  test("a module of the floor uses none but the floor", () => {
    const higher = floor.flatMap((module) =>
      [...(graph.get(module) ?? [])].filter((used) => !floor.includes(used)),
    );
    expect(higher).toEqual([]);
  });

  test("a module uses only modules that stand before it in the order", () => {
    expect(upward).toEqual([]);
  });

  test("no files use one another in a circle", () => {
    expect(findCircle(files)?.join(" uses ")).toBeUndefined();
  });
});

describe("the crate exports what its tests use, and no more", () => {
  const root = readSource(ROOT);

  test("its modules are private", () => {
    expect(root).not.toMatch(/^pub(\([^)]*\))? mod /m);
  });

  test("a test or a fuzz target uses each name that is exported", () => {
    const users = sourceFiles(["tests", "fuzz"], [".rs"]).map(readSource);
    const exported = modules.get("")?.reexports ?? [];
    const unused = exported
      .map((one) => one.name)
      .filter((name) => !soonUsed.includes(name))
      .filter((name) => !users.some((text) => isNamedIn(name, text)));
    expect(exported).not.toEqual([]);
    expect(unused).toEqual([]);
  });
});

/** Exported for a route that is still to come. */
const soonUsed = ["RelatedOriginsError", "well_known_document"];

const isNamedIn = (name: string, text: string) =>
  new RegExp(`\\b${name}\\b`).test(text);

test("whatever is `pub` in the core has a comment that documents it", () => {
  const found = [...modules.values()]
    .filter(({ file }) => !file.startsWith("src/wasm/"))
    .flatMap(({ file }) => undocumented(readSource(file), file));
  expect(found).toEqual([]);
});
