import type { Permissions, NewRole } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it } from "vitest";
import { deploy, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import type { permissions as defined } from "./fixture/convex/permissions.js";
import {
  ban,
  join,
  newGroup,
  newOrganization,
  newUser,
  setSecondFactor,
} from "./fixture/groups.js";
import { refusal, refusalCode } from "./fixture/people.js";

useFreshApp();

type Defined = typeof defined;
type Question = Parameters<typeof auth.permission.check>[1];

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

const check = (
  permissions: Question["permissions"],
  rest: Partial<Question> = {},
) =>
  t.query((ctx) =>
    auth.permission.check(ctx, {
      ...{ userId: grace, groupId: acme, permissions, ...rest },
    }),
  );

const makeRole = (role: Partial<NewRole<Defined>> = {}) =>
  t.mutation((ctx) =>
    auth.role.create(ctx, {
      ...{ groupId: acme, role: "pilot", permissions: { billing: ["read"] } },
      ...role,
    }),
  );

describe("permission.check", () => {
  it("needs all actions of all resources, unless a connector says otherwise", async () => {
    await join(t, acme, grace, "viewer");
    const either = { actions: ["read", "create"], connector: "OR" } as const;
    expect(await check({ project: ["read"] })).toBe(true);
    expect(await check({ project: ["read", "create"] })).toBe(false);
    expect(await check({ project: either })).toBe(true);
    const two = { project: ["read"], billing: ["read"] } as const;
    expect(await check(two)).toBe(false);
    expect(await check(two, { connector: "OR" })).toBe(true);
  });

  it("unites what all memberships here and above allow, and nothing from below", async () => {
    const team = await newGroup(t, acme);
    await join(t, acme, grace, "viewer");
    await join(t, team, grace, "recruiter");
    const both = { project: ["read"], member: ["export"] } as const;
    expect(await check(both, { groupId: team })).toBe(true);
    expect(await check(both)).toBe(false);
  });

  it("grants nothing for an empty request, an unknown resource or an unknown action", async () => {
    const rest = { userId: ada };
    expect(await check({ project: ["read"] }, rest)).toBe(true);
    expect(await check({}, rest)).toBe(false);
    expect(await check({ project: [] }, rest)).toBe(false);
    expect(await check({ project: { actions: [] } }, rest)).toBe(false);
    expect(await check({ project: [] }, { ...rest, connector: "OR" })).toBe(
      false,
    );
    for (const name of ["rocket", "__proto__", "constructor", "toString"]) {
      const unknown = Object.fromEntries([[name, ["read"]]]);
      expect(await check(unknown, rest)).toBe(false);
      const action = { project: [name] } as Question["permissions"];
      expect(await check(action, rest)).toBe(false);
      const known = { ...unknown, project: ["read"] } as const;
      expect(await check(known, { ...rest, connector: "OR" })).toBe(true);
    }
  });

  it("is false for strangers, for groups that are not there, and for who is banned", async () => {
    const read = { project: ["read"] } as const;
    expect(await check(read)).toBe(false);
    expect(await check(read, { userId: "nobody" })).toBe(false);
    expect(await check(read, { userId: ada, groupId: "nowhere" })).toBe(false);
    await join(t, acme, grace, "viewer");
    expect(await check(read)).toBe(true);
    await ban(t, grace);
    expect(await check(read)).toBe(false);
  });
});

describe("permission.require", () => {
  const require = (permissions: Question["permissions"]) =>
    t.query((ctx) =>
      auth.permission.require(ctx, {
        ...{ userId: grace, groupId: acme, permissions },
      }),
    );

  it("passes, or refuses with FORBIDDEN, or because only a second factor is lacking", async () => {
    await join(t, acme, grace, "viewer");
    expect(await require({ project: ["read"] })).toBeNull();
    expect(await refusalCode(require({ project: ["delete"] }))).toBe(
      "FORBIDDEN",
    );
    await t.mutation((ctx) =>
      auth.group.update(ctx, acme, { settings: { requireSecondFactor: true } }),
    );
    expect(await refusalCode(require({ project: ["read"] }))).toBe(
      "SECOND_FACTOR_REQUIRED",
    );
    await setSecondFactor(t, grace, START);
    expect(await require({ project: ["read"] })).toBeNull();
  });
});

describe("permission.list", () => {
  const list = (userId: string) =>
    t.query((ctx) => auth.permission.list(ctx, { userId, groupId: acme }));

  it("gives roles and permissions by resource, and nothing to strangers", async () => {
    await join(t, acme, grace, "viewer", "member");
    expect(await list(grace)).toEqual({
      roles: ["viewer", "member"],
      permissions: { project: ["read"], role: ["read"] },
      secondFactorRequired: false,
    });
    const all = await list(ada);
    expect(all.permissions.project).toEqual(
      expect.arrayContaining(["create", "read", "update", "delete"]),
    );
    expect(all.permissions.organization).toContain("security");
    expect(all.permissions.member).toEqual(
      expect.arrayContaining(["create", "update", "delete", "export"]),
    );
    const stranger = await newUser(t, "eve");
    expect(await list(stranger)).toEqual({
      ...{ roles: [], permissions: {}, secondFactorRequired: false },
    });
  });
});

describe("role.create", () => {
  const get = (roleId: string) => t.query((ctx) => auth.role.get(ctx, roleId));

  it("answers the id of a role whose name is in lower case", async () => {
    const roleId = await makeRole({ role: "Pilot", description: "Flies" });
    expect(await get(roleId)).toEqual({
      ...{ _id: roleId, _creationTime: expect.any(Number), groupId: acme },
      ...{ role: "pilot", description: "Flies" },
      permissions: { billing: ["read"] },
    });
    await join(t, acme, grace, "pilot");
    expect(await check({ billing: ["read"] })).toBe(true);
  });

  it("refuses names that are taken, built in or the app's, and unknown permissions", async () => {
    await makeRole();
    for (const role of ["PILOT", "owner", "member", "editor"]) {
      expect(await refusalCode(makeRole({ role }))).toBe("ROLE_ALREADY_EXISTS");
    }
    const rocket = { rocket: ["fly"] } as Permissions<Defined>;
    expect(
      await refusalCode(makeRole({ role: "a", permissions: rocket })),
    ).toBe("UNKNOWN_PERMISSION");
    expect(await refusalCode(makeRole({ role: "no role" }))).toBe(
      "INVALID_PARAMETERS",
    );
    expect(await refusalCode(makeRole({ groupId: "nowhere" }))).toBe(
      "GROUP_NOT_FOUND",
    );
  });

  it("stops at the organization's limit, and is for organizations only", async () => {
    await t.mutation((ctx) =>
      auth.group.update(ctx, acme, { settings: { roleLimit: 1 } }),
    );
    await makeRole();
    expect(await refusalCode(makeRole({ role: "cook" }))).toBe(
      "ROLE_LIMIT_REACHED",
    );
    const groupId = await newGroup(t, acme);
    expect(await refusalCode(makeRole({ groupId }))).toBe("INVALID_PARAMETERS");
  });

  it("by an actor needs `role:create` and all that the role allows", async () => {
    const mine = { actorUserId: grace };
    expect(await refusalCode(makeRole(mine))).toBe("FORBIDDEN");
    await join(t, acme, grace, "recruiter");
    const error = await refusal(makeRole(mine));
    expect(error).toMatchObject({ code: "FORBIDDEN" });
    expect(error.message).toContain("billing");
    await makeRole({ ...mine, permissions: { member: ["export"] } });
  });
});

describe("role.list, role.update and role.delete", () => {
  type Data = Parameters<typeof auth.role.update>[2];
  const change = (roleId: string, data: Data, actorUserId = ada) =>
    t.mutation((ctx) => auth.role.update(ctx, roleId, data, { actorUserId }));
  const remove = (roleId: string, actorUserId = ada) =>
    t.mutation((ctx) => auth.role.delete(ctx, roleId, { actorUserId }));

  it("list by name, in pages", async () => {
    await makeRole();
    await makeRole({ role: "cook" });
    const list = (options: object) =>
      t.query((ctx) => auth.role.list(ctx, { groupId: acme, ...options }));
    const first = await list({ limit: 1 });
    expect(first.items.map(({ role }) => role)).toEqual(["cook"]);
    const { items, nextCursor } = await list({ cursor: first.nextCursor });
    expect(items.map(({ role }) => role)).toEqual(["pilot"]);
    expect(nextCursor).toBeNull();
    expect(await list({ groupId: "nowhere" })).toEqual({
      ...{ items: [], nextCursor: null },
    });
  });

  it("a change of what a role allows takes effect at once for those who have it", async () => {
    const roleId = await makeRole({ description: "Flies" });
    await join(t, acme, grace, "pilot");
    await change(roleId, { permissions: { project: ["delete"] } });
    expect(await check({ project: ["delete"] })).toBe(true);
    expect(await check({ billing: ["read"] })).toBe(false);
    await change(roleId, { description: "" });
    const role = await t.query((ctx) => auth.role.get(ctx, roleId));
    expect(role).not.toHaveProperty("description");
    expect(role).toMatchObject({ permissions: { project: ["delete"] } });
  });

  it("refuse what is not there, what is in use, and who may not", async () => {
    const roleId = await makeRole();
    await join(t, acme, grace, "pilot");
    const codes = [
      change("nothing", { description: "x" }),
      remove("nothing"),
      remove(roleId),
      change(roleId, { description: "x" }, grace),
      remove(roleId, grace),
      change(roleId, {
        permissions: { rocket: ["fly"] } as Permissions<Defined>,
      }),
    ].map(refusalCode);
    expect(await Promise.all(codes)).toEqual([
      ...["ROLE_NOT_FOUND", "ROLE_NOT_FOUND", "ROLE_IN_USE"],
      ...["FORBIDDEN", "FORBIDDEN", "UNKNOWN_PERMISSION"],
    ]);
  });

  it("a role that nobody has is deleted, and its name can be taken again", async () => {
    const roleId = await makeRole();
    await remove(roleId);
    expect(await t.query((ctx) => auth.role.get(ctx, roleId))).toBeNull();
    expect(await makeRole()).not.toBe(roleId);
  });
});
