import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  deploy,
  opened,
  outcome,
  pass,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  add,
  change,
  CONFIG,
  done,
  group,
  join,
  leave,
  may,
  organization,
  person,
} from "./fixture/groups.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;
let grace: Id<"User">;
let acme: Id<"Group">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
  grace = await person(t, "grace");
  acme = await organization(t, ada);
});

type Request = FunctionArgs<typeof api.permission.check>["request"];

async function check(request: Request, userId = grace): Promise<string> {
  const answer = await t.query(api.permission.check, {
    ...{ config: CONFIG, userId, groupId: acme, request },
  });
  return outcome(answer);
}

/** What a user may do, as `resource:action`. */
async function list(userId: string, groupId: string) {
  const { roles, permissions, ...rest } = await t.query(api.permission.list, {
    ...{ config: CONFIG, userId, groupId },
  });
  const held = permissions.flatMap(({ resource, actions }) =>
    actions.map((action) => `${resource}:${action}`),
  );
  return { roles, held: held.sort(), ...rest };
}

describe("what roles allow", () => {
  it("is everything for an owner, what the app defines included", async () => {
    const { roles, held } = await list(ada, acme);
    expect(roles).toEqual(["owner"]);
    expect(held).toContain("organization:delete");
    expect(held).toContain("project:delete");
  });

  it("is what is built in for an admin, but not what owners keep to themselves", async () => {
    await join(t, acme, grace, ["admin"]);
    const { held } = await list(grace, acme);
    expect(held).toContain("member:delete");
    expect(held).not.toContain("organization:delete");
    expect(held).not.toContain("organization:security");
    expect(held.some((name) => name.startsWith("project:"))).toBe(false);
  });

  it("is to read the roles for a member, and nothing for anybody else", async () => {
    expect(await list(grace, acme)).toEqual({
      ...{ roles: [], held: [], secondFactorRequired: false },
    });
    await join(t, acme, grace);
    expect((await list(grace, acme)).held).toEqual(["role:read"]);
  });

  it("is united over the roles of a membership", async () => {
    await join(t, acme, grace, ["member", "developer"]);
    expect(await list(grace, acme)).toMatchObject({
      roles: ["member", "developer"],
      held: ["project:create", "project:read", "role:read"],
    });
  });

  it("is united over the memberships in the group and above", async () => {
    const team = await group(t, acme);
    await join(t, acme, grace, ["developer"]);
    await join(t, team, grace, ["member"]);
    expect((await list(grace, team)).held).toEqual([
      ...["project:create", "project:read", "role:read"],
    ]);
    expect((await list(grace, acme)).held).toEqual([
      ...["project:create", "project:read"],
    ]);
  });

  it("is what the app says of a built-in name that it defines itself", async () => {
    await join(t, acme, grace, ["admin"]);
    const { resources } = CONFIG.permissions!;
    const roles = [
      {
        role: "admin",
        permissions: [{ resource: "project", actions: ["read"] }],
      },
    ];
    const config = { permissions: { resources, roles } };
    expect(await may(t, grace, acme, "project:read", config)).toBe("allowed");
    expect(await may(t, grace, acme, "member:create", config)).toBe(
      "FORBIDDEN",
    );
  });

  it("is nothing for a banned user, until the ban is over", async () => {
    await join(t, acme, grace, ["developer"]);
    const banExpirationTime = Date.now() + 1_000;
    await t.run((ctx) =>
      ctx.db.patch("User", grace, { bannedTime: 1, banExpirationTime }),
    );
    expect(await may(t, grace, acme, "project:read")).toBe("FORBIDDEN");
    pass(1_000);
    expect(await may(t, grace, acme, "project:read")).toBe("allowed");
  });
});

describe("a request", () => {
  beforeEach(async () => {
    await join(t, acme, grace, ["developer"]);
  });

  it.each<[string, string, Request["resources"], Request["connector"]]>([
    [
      "allowed",
      "all",
      [{ resource: "project", actions: ["create", "read"] }],
      undefined,
    ],
    [
      "FORBIDDEN",
      "all but one",
      [{ resource: "project", actions: ["create", "delete"] }],
      undefined,
    ],
    [
      "allowed",
      "one of two actions",
      [{ resource: "project", actions: ["delete", "read"], connector: "OR" }],
      undefined,
    ],
    [
      "FORBIDDEN",
      "one of two resources",
      [
        { resource: "project", actions: ["read"] },
        { resource: "member", actions: ["create"] },
      ],
      undefined,
    ],
    [
      "allowed",
      "one of two resources, with OR",
      [
        { resource: "spaceship", actions: ["fly"] },
        { resource: "project", actions: ["read"] },
      ],
      "OR",
    ],
    [
      "FORBIDDEN",
      "an unknown resource",
      [{ resource: "spaceship", actions: ["fly"] }],
      undefined,
    ],
    [
      "FORBIDDEN",
      "an unknown action",
      [{ resource: "project", actions: ["fly"] }],
      undefined,
    ],
    ["FORBIDDEN", "no resource", [], undefined],
    ["FORBIDDEN", "no resource, with OR", [], "OR"],
    [
      "FORBIDDEN",
      "no action",
      [{ resource: "project", actions: [] }],
      undefined,
    ],
    [
      "FORBIDDEN",
      "no action, with OR",
      [{ resource: "project", actions: [], connector: "OR" }],
      "OR",
    ],
  ])("is %s for %s", async (expected, _, resources, connector) => {
    const request = { resources, ...(connector && { connector }) };
    expect(await check(request)).toBe(expected);
  });

  it("is answered with the roles of the user", async () => {
    const answer = await t.query(api.permission.check, {
      ...{ config: CONFIG, userId: grace, groupId: acme },
      request: { resources: [{ resource: "project", actions: ["read"] }] },
    });
    expect(answer).toEqual({ kind: "allowed", roles: ["developer"] });
  });
});

describe("authorizing the user of an access token", () => {
  let session: { userId: string; sessionId: string };

  beforeEach(async () => {
    const { userId, sessionId } = opened(await signUp(t, "edsger@example.com"));
    session = { userId, sessionId };
  });

  async function authorize(
    fields: Partial<FunctionArgs<typeof api.permission.authorize>> = {},
  ) {
    const { userId, sessionId } = session;
    return await t.query(api.permission.authorize, {
      ...{ config: CONFIG, userId, sessionId, groupId: acme, ...fields },
    });
  }

  /** Selects a group for the user, as `activeGroup.set` does. */
  async function select(groupId: string | undefined): Promise<void> {
    await t.run(async (ctx) => {
      const id = ctx.db.normalizeId("User", session.userId)!;
      await ctx.db.patch("User", id, { activeGroupId: groupId });
    });
  }

  it("asks for the session first", async () => {
    await join(t, acme, session.userId);
    expect(outcome(await authorize())).toBe("allowed");
    expect(outcome(await authorize({ userId: ada }))).toBe("NOT_SIGNED_IN");
    await t.mutation(api.session.end.signOut, session);
    for (const groupId of [acme, null]) {
      expect(outcome(await authorize({ groupId }))).toBe("NOT_SIGNED_IN");
    }
  });

  it("asks for a session that is not over, also before its row is deleted", async () => {
    await join(t, acme, session.userId);
    const { expirationTime } = await t.run(async (ctx) => {
      const id = ctx.db.normalizeId("Session", session.sessionId)!;
      return (await ctx.db.get("Session", id))!;
    });
    pass(expirationTime - Date.now() - 1);
    expect(outcome(await authorize())).toBe("allowed");
    pass(1);
    expect(outcome(await authorize())).toBe("NOT_SIGNED_IN");
  });

  it("asks for a membership when nothing else is asked for", async () => {
    expect(outcome(await authorize())).toBe("FORBIDDEN");
    done(await add(t, acme, session.userId));
    expect(await authorize()).toEqual({
      ...{ kind: "allowed", groupId: acme, roles: ["member"] },
    });
    const request = {
      resources: [{ resource: "project", actions: ["read"] }],
    };
    expect(outcome(await authorize({ request }))).toBe("FORBIDDEN");
  });

  it("takes the group that the user has selected when none is named", async () => {
    await join(t, acme, session.userId);
    expect(outcome(await authorize({ groupId: null }))).toBe("NO_ACTIVE_GROUP");
    await select(acme);
    expect(await authorize({ groupId: null })).toMatchObject({
      ...{ kind: "allowed", groupId: acme },
    });
    done(await leave(t, acme, session.userId));
    expect(outcome(await authorize({ groupId: null }))).toBe("FORBIDDEN");
  });

  it("lets nobody in by a group that is not theirs or not there", async () => {
    const other = await organization(t, ada);
    await join(t, acme, session.userId, ["owner"]);
    for (const groupId of [other, "nonsense", ada]) {
      expect(outcome(await authorize({ groupId }))).toBe("FORBIDDEN");
    }
  });

  it("knows of a change to the roles at once", async () => {
    const memberId = await join(t, acme, session.userId, ["developer"]);
    const request = {
      resources: [{ resource: "project", actions: ["read"] }],
    };
    expect(outcome(await authorize({ request }))).toBe("allowed");
    done(await change(t, memberId, { roles: ["member"] }));
    expect(outcome(await authorize({ request }))).toBe("FORBIDDEN");
  });
});
