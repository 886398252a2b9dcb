import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decide as decideAboutAccess } from "../../component/accessCore.js";
import { decide as decideAboutAccounts } from "../../component/accountsCore.js";
import { root } from "./sourceFiles.js";

type Ask = (name: string, call: unknown) => unknown;

/** Every module with the interfaces that say what it decides. */
const modules: { name: string; decide: Ask; interfaces: string[] }[] = [
  {
    name: "access",
    decide: decideAboutAccess as Ask,
    interfaces: ["AccessDecisions", "SharedDecisions"],
  },
  {
    name: "accounts",
    decide: decideAboutAccounts as Ask,
    interfaces: ["AccountsDecisions", "SharedDecisions"],
  },
];

const types = readFileSync(`${root}/pkg/core.d.ts`, "utf8");

/** The names of the decisions that an interface of `core.d.ts` lists. */
function decisionsOf(name: string): string[] {
  const [, body = ""] =
    new RegExp(`export interface ${name} \\{([^]*?)\\n\\}`).exec(types) ?? [];
  return [...body.matchAll(/^\s+(\w+): \{ call: /gm)].map(
    ([, decision = ""]) => decision,
  );
}

const names = [
  ...new Set(modules.flatMap(({ interfaces }) => interfaces)),
].flatMap(decisionsOf);

function isDecided(decide: Ask, name: string): boolean {
  try {
    decide(name, "no call");
    return true;
  } catch (error) {
    return !String(error).includes("has no decision");
  }
}

describe("the generated types of the core", () => {
  test.each(modules)(
    "list the decisions of the module `$name`, and no others",
    ({ decide, interfaces }) => {
      const listed = interfaces.flatMap(decisionsOf);
      expect(listed).not.toEqual([]);
      expect(names.filter((name) => isDecided(decide, name)).sort()).toEqual(
        [...listed].sort(),
      );
    },
  );

  test("declare the type of every call and answer", () => {
    const used = [...types.matchAll(/\{ call: (\w+); answer: (\w+) \}/g)];
    const missing = used
      .flatMap(([, call = "", answer = ""]) => [call, answer])
      .filter(
        (name) => !new RegExp(`export (interface|type) ${name}\\b`).test(types),
      );
    expect(used.length).toBe(names.length);
    expect(missing).toEqual([]);
  });
});

describe("a call of the core", () => {
  const address = { kind: "emailCode" as const, origin: {} };

  test("may give `null` for a missing value", () => {
    expect(
      decideAboutAccounts("codeFactorAddress", { ...address, user: null }),
    ).toEqual(decideAboutAccounts("codeFactorAddress", address));
  });

  test.each([Number.NaN, Infinity, -Infinity])(
    "brings %s to the core as what it is",
    (data) => {
      const create = (dataLength: number) =>
        decideAboutAccounts("oneTimeTokenCreate", {
          now: 0,
          purpose: "test",
          dataLength,
        });
      expect(create(1)).toMatchObject({ kind: "done" });
      expect(create(data).kind).toBe(data < 0 ? "done" : "refused");
    },
  );
});
