import { spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  installIntoConsumer,
  removeFolder,
  root,
  temporaryFolder,
} from "./packedPackage.js";

let app: string;

beforeAll(async () => {
  app = temporaryFolder("consumer");
  await installIntoConsumer(inject("packed"), app);
});
afterAll(() => removeFolder(app));

/** Runs the TypeScript compiler on one of the consumer's projects. */
function typeCheck(project: string) {
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, "--noEmit", "--project", project],
    { cwd: app, encoding: "utf8" },
  );
  return { status, stdout };
}

describe("an app that installed the package", () => {
  test("type-checks as Convex's template configures TypeScript", () => {
    expect(typeCheck("tsconfig.json")).toEqual({ status: 0, stdout: "" });
  });

  test("type-checks with Node's module resolution", () => {
    expect(typeCheck("tsconfig.node.json")).toEqual({ status: 0, stdout: "" });
  });
});
