import {
  createAuth,
  definePermissions,
  type GroupsConfig,
} from "convex-gatehouse/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deploy, START, useFreshApp } from "./fixture/backend.js";
import { components } from "./fixture/convex/components.js";
import { join, newGroup, newOrganization, newUser } from "./fixture/groups.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

const DAY = 24 * 60 * 60 * 1_000;

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

/** An app with other settings, on the same deployment. */
const appWith = (groups?: GroupsConfig) =>
  createAuth(components.auth, {
    providers: [],
    ...(groups === undefined ? {} : { groups }),
  });

type App = ReturnType<typeof appWith>;

const create = (app: App, actorUserId?: string) =>
  t.mutation((ctx) =>
    app.group.create(ctx, {
      name: "Acme",
      ...(actorUserId === undefined ? {} : { actorUserId }),
    }),
  );

describe("groups.creation", () => {
  it("lets users found organizations: everyone, who has proved an address, or nobody", async () => {
    const unproved = await newUser(t, "eve", { isProved: false });
    await create(appWith(), unproved);
    await create(appWith({ creation: "everyone" }), unproved);
    const verified = appWith({ creation: "verified" });
    await create(verified, ada);
    expect(await refusalCode(create(verified, unproved))).toBe(
      "GROUP_CREATION_REFUSED",
    );
    const nobody = appWith({ creation: "nobody" });
    expect(await refusalCode(create(nobody, ada))).toBe(
      "GROUP_CREATION_REFUSED",
    );
    await create(nobody);
  });
});

describe("groups.groupsPerUser", () => {
  it("limits what a user founds, not what the app gives", async () => {
    const app = appWith({ groupsPerUser: 1 });
    const acme = await create(app, ada);
    expect(await refusalCode(create(app, ada))).toBe("GROUP_LIMIT_REACHED");
    const team = await newGroup(t, acme);
    await t.mutation((ctx) =>
      app.member.add(ctx, { groupId: team, userId: ada, role: "owner" }),
    );
  });
});

describe("groups.settings", () => {
  it("are the defaults of organizations, which can settle otherwise", async () => {
    const app = appWith({
      settings: { memberLimit: 1, inviteLifetimeMs: DAY },
    });
    const acme = await create(app, ada);
    const grace = await newUser(t, "grace");
    const add = () =>
      t.mutation((ctx) =>
        app.member.add(ctx, { groupId: acme, userId: grace }),
      );
    expect(await refusalCode(add())).toBe("MEMBER_LIMIT_REACHED");
    const settings = { memberLimit: 2 };
    await t.mutation((ctx) => app.group.update(ctx, acme, { settings }));
    await add();
    const made = await t.mutation((ctx) =>
      app.invite.create(ctx, { groupId: acme }),
    );
    const invite = t.query((ctx) => app.invite.get(ctx, made.inviteId));
    expect(await invite).toMatchObject({ expiresTime: START + DAY });
  });

  it("out of range are moved to the nearest bound", async () => {
    const app = appWith({ settings: { inviteLifetimeMs: 1_000 * DAY } });
    const made = await t.mutation((ctx) => app.invite.create(ctx, {}));
    const invite = t.query((ctx) => app.invite.get(ctx, made.inviteId));
    expect(await invite).toMatchObject({ expiresTime: START + 90 * DAY });
  });

  it("have no default of a second factor, which nothing would enforce", () => {
    const settings = { requireSecondFactor: true } as object;
    expect(() => appWith({ settings })).toThrow(/requireSecondFactor/);
  });
});

describe("groups.permissions", () => {
  const read = { project: ["read"] };

  const mayRead = (app: App, userId: string, groupId: string) =>
    t.query((ctx) =>
      app.permission.check(ctx, { userId, groupId, permissions: read }),
    );

  it("that are missing leave roles of any name, which allow nothing", async () => {
    const app = appWith();
    const acme = await create(app, ada);
    const userId = await newUser(t, "grace");
    await t.mutation((ctx) =>
      app.member.add(ctx, { groupId: acme, userId, role: "pilot" }),
    );
    const listed = t.query((ctx) =>
      app.permission.list(ctx, { userId, groupId: acme }),
    );
    expect(await listed).toEqual({
      ...{ roles: ["pilot"], permissions: {}, secondFactorRequired: false },
    });
    const required = t.query((ctx) =>
      app.member.require(ctx, { userId, groupId: acme, roles: ["pilot"] }),
    );
    expect(await required).toMatchObject({ isDirect: true });
    expect(await mayRead(app, ada, acme)).toBe(false);
  });

  it("replace a built-in role under its name, so that it can lose permissions", async () => {
    const app = appWith({
      permissions: definePermissions({
        resources: { project: ["read"] },
        roles: { admin: { project: ["read"] } },
      }),
    });
    const acme = await create(app, ada);
    const grace = await newUser(t, "grace");
    await join(t, acme, grace, "admin");
    expect(await mayRead(app, grace, acme)).toBe(true);
    const actor = { actorUserId: grace };
    const attempt = t.mutation((ctx) =>
      app.group.update(ctx, acme, { name: "X" }, actor),
    );
    expect(await refusalCode(attempt)).toBe("FORBIDDEN");
    expect(await mayRead(app, ada, acme)).toBe(true);
  });

  it("that are no longer defined allow nothing to who still has them", async () => {
    const acme = await newOrganization(t, ada);
    const grace = await newUser(t, "grace");
    await join(t, acme, grace, "viewer");
    const before = appWith({
      permissions: definePermissions({
        ...{ resources: { project: ["read"] } },
        roles: { viewer: { project: ["read"] } },
      }),
    });
    const after = appWith({
      permissions: definePermissions({ resources: { project: ["read"] } }),
    });
    expect(await mayRead(before, grace, acme)).toBe(true);
    expect(await mayRead(after, grace, acme)).toBe(false);
  });
});

describe("a membership that is too large to be removed at once", () => {
  it("counts for nothing at once, and the user can come again when all is gone", async () => {
    const app = appWith({ settings: { memberLimit: 1_000 } });
    const acme = await create(app, ada);
    const grace = await newUser(t, "grace");
    const memberId = await join(t, acme, grace);
    for (let index = 0; index <= 256; index += 1) {
      await join(t, await newGroup(t, acme), grace, "editor");
    }
    const team = await newGroup(t, acme);
    await t.mutation((ctx) => app.member.remove(ctx, memberId));
    const add = (groupId: string) =>
      t.mutation((ctx) => app.member.add(ctx, { groupId, userId: grace }));
    expect(await refusalCode(add(acme))).toBe("REMOVAL_IN_PROGRESS");
    const seen = await t.query(async (ctx) => [
      await app.member.get(ctx, memberId),
      (await app.member.inherit(ctx, { userId: grace, groupId: team }))
        .membership,
    ]);
    expect(seen).toEqual([null, null]);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    await add(acme);
  });
});
