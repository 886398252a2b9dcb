import { beforeEach, describe, expect, it } from "vitest";
import { deploy, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { join, newOrganization, newUser } from "./fixture/groups.js";
import { keyBearer, newKey } from "./fixture/keys.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let ada: string;
let grace: string;
let acme: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
  grace = await newUser(t, "grace");
  acme = await newOrganization(t, ada);
});

type Options = Parameters<typeof auth.permission.authorizeKey>[1];

/** What a function that asks for this answers to the token of a key. */
async function asked(raw: string, options: Options): Promise<string> {
  const caller = await keyBearer(t, raw);
  const attempt = caller.query((ctx) =>
    auth.permission.authorizeKey(ctx, options),
  );
  return await attempt.then(
    (found) => (found === null ? "nobody" : "allowed"),
    () => refusalCode(attempt),
  );
}

const scopes = [{ resource: "project", actions: ["read"] }];
const readProject = { resource: "project", action: "read" };

describe("a key's token in a group", () => {
  it("does what both the key and its owner may do", async () => {
    await join(t, acme, grace, "viewer");
    const { raw } = await newKey(t, { userId: grace }, { scopes });
    const groupId = acme;
    const ask = (project: ("read" | "update")[]) =>
      asked(raw, { groupId, permissions: { project } });
    expect(await ask(["read"])).toBe("allowed");
    expect(await ask(["update"])).toBe("SCOPE_CHECK_FAILED");
    expect(await ask(["read", "update"])).toBe("SCOPE_CHECK_FAILED");
  });

  it("of a group does nothing that the function's permissions ask for and its maker may not", async () => {
    await join(t, acme, grace, "admin", "viewer");
    const { raw } = await newKey(
      t,
      { groupId: acme },
      { scopes, actorUserId: grace },
    );
    const options: Options = {
      ...{ groupId: acme, permissions: { billing: ["write"] } },
      scope: readProject,
    };
    expect(await asked(raw, options)).not.toBe("allowed");
  });

  it("of a user asks the user for the permissions, and the key for its scope", async () => {
    await join(t, acme, grace, "viewer");
    const { raw } = await newKey(t, { userId: grace }, { scopes });
    const options: Options = {
      ...{ groupId: acme, permissions: { billing: ["write"] } },
      scope: readProject,
    };
    expect(await asked(raw, options)).toBe("FORBIDDEN");
  });

  it("with OR is allowed by one alternative, not by halves of two", async () => {
    await join(t, acme, grace, "viewer");
    const { raw } = await newKey(
      t,
      { userId: grace },
      { scopes: [{ resource: "billing", actions: ["write"] }] },
    );
    const options: Options = {
      ...{ groupId: acme, connector: "OR" },
      permissions: { billing: ["write"], project: ["read"] },
    };
    expect(await asked(raw, options)).not.toBe("allowed");
  });
});
