import ts from "typescript";
import { describe, expect, test } from "vitest";
import {
  importsOf,
  parse,
  readSource,
  runtimeGraph,
  sourceFiles,
} from "./sourceFiles.js";

/** The tables that functions load, by file, and why they need the declaration. */
const loaded: Readonly<
  Record<string, { tables: readonly string[]; reason: string }>
> = {
  "component/audit.ts": {
    tables: ["auditEvent"],
    reason: "pages over events",
  },
  "component/group/list.ts": {
    tables: ["groupTable", "groupTag"],
    reason: "pages over groups, also by their labels",
  },
  "component/invite/list.ts": {
    tables: [
      "groupInviteTable",
      "groupInviteAcceptance",
      "groupRoleAssignment",
    ],
    reason: "pages over invitations, also by who accepted them and by role",
  },
  "component/key/list.ts": {
    tables: ["apiKeyTable"],
    reason: "pages over keys",
  },
  "component/member/list.ts": {
    tables: ["groupMemberTable", "groupRoleAssignment"],
    reason: "pages over memberships, also by role",
  },
  "component/removalJob.ts": {
    tables: ["groupMemberTable"],
    reason: "pages over the memberships of a user who left an organization",
  },
  "component/role/list.ts": {
    tables: ["groupRoleTable"],
    reason: "pages over roles",
  },
  "component/session/list.ts": {
    tables: ["sessionTable"],
    reason: "pages over sessions",
  },
  "component/user/list.ts": {
    tables: ["userTable"],
    reason: "pages over users",
  },
};

const wholeSchema = "component/schema.ts";

/** Whether a file calls one of these functions. */
function calls(file: string, names: readonly string[]): boolean {
  let isFound = false;
  const visit = (node: ts.Node): void => {
    isFound ||=
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      names.includes(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return isFound;
}

const registering = sourceFiles(["component"], [".ts"]).filter((file) =>
  calls(file, [
    ...["query", "mutation", "action"],
    ...["internalQuery", "internalMutation", "internalAction"],
  ]),
);
const declaring = sourceFiles(["schema"], [".ts"]).filter((file) =>
  calls(file, ["defineTable"]),
);
const nameOf = (file: string) => file.slice("schema/".length, -".ts".length);

/** The tables whose declarations a call of this file evaluates. */
function tablesOf(file: string): string[] {
  const graph = runtimeGraph([file]);
  return declaring.filter((table) => graph.has(table)).map(nameOf);
}

describe("a call evaluates no declaration of a table that it does not need", () => {
  test("there are functions and tables, so that these rules check something", () => {
    expect(registering).toContain("component/session/live.ts");
    expect(declaring).toHaveLength(
      (readSource(wholeSchema).match(/^ {2}\w+: \w+Table,$/gm) ?? []).length,
    );
  });

  test("only the deployment and `test.ts` load the whole schema", () => {
    expect(
      registering.filter((file) => runtimeGraph([file]).has(wholeSchema)),
    ).toEqual([]);
    expect(
      sourceFiles(["schema", "component", "server", "client"], [".ts", ".tsx"])
        .flatMap(importsOf)
        .filter((edge) => edge.target === wholeSchema && !edge.typeOnly)
        .map((edge) => edge.from),
    ).toEqual([]);
  });

  test("a file of functions loads the tables that the list above gives it", () => {
    const excess = registering.flatMap((file) => {
      const allowed = loaded[file]?.tables ?? [];
      return tablesOf(file)
        .filter((table) => !allowed.includes(table))
        .map((table) => `${file} loads schema/${table}.ts`);
    });
    expect(excess).toEqual([]);
  });

  test("the list above names no file and no table that is not loaded", () => {
    const stale = Object.entries(loaded).flatMap(([file, { tables }]) => {
      const present = registering.includes(file) ? tablesOf(file) : [];
      return tables
        .filter((table) => !present.includes(table))
        .map((table) => `${file} does not load schema/${table}.ts`);
    });
    expect(stale).toEqual([]);
  });
});
