import { beforeEach, describe, expect, it } from "vitest";
import { deploy, snapshot, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import {
  type Arguments,
  methodOf,
  newWorld,
  READS,
  type World,
  WRITES,
} from "./fixture/groupCalls.js";
import {
  ban,
  join,
  newOrganization,
  newUser,
  setSecondFactor,
} from "./fixture/groups.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let world: World;

beforeEach(async () => {
  t = deploy();
  world = await newWorld(t);
});

const run = (name: string, args: unknown[]) =>
  t.action(async (ctx) => void (await methodOf(name)(ctx, ...args)));

/** Everything but the records and counters of refused attempts. */
async function rows() {
  const { AuditEvent: _, RateLimit: __, ...rest } = await snapshot(t);
  return rest;
}

/** Writes that a user can do, with what the user has to be called. */
const AS_ACTOR = Object.entries(WRITES).flatMap(
  ([name, argumentsOf]): [string, Arguments, string][] => {
    const named = ["actorUserId", "invitedByUserId"].find((field) =>
      JSON.stringify(argumentsOf({ ada: "a" } as World)).includes(field),
    );
    // Every user may create organizations; there is nothing to be restored.
    const isPossible = name !== "group.create" && name !== "group.restore";
    return named !== undefined && isPossible
      ? [[name, argumentsOf, named]]
      : [];
  },
);

/** People who may do nothing in the organization. */
const PEOPLE: [string, () => Promise<string>][] = [
  ["a stranger", () => newUser(t, "stranger")],
  ["nobody at all", async () => "nobody"],
  ["an id of another table", async () => world.acme],
  ["an empty text", async () => ""],
  [
    "a plain member",
    async () => {
      const userId = await newUser(t, "plain");
      await join(t, world.acme, userId);
      return userId;
    },
  ],
  [
    "an owner of a group below only",
    async () => {
      const userId = await newUser(t, "below");
      // The team itself is what one of the writes is about.
      const groupId = await t.mutation((ctx) =>
        auth.group.create(ctx, { name: "B", parentGroupId: world.team }),
      );
      await join(t, groupId, userId, "owner");
      return userId;
    },
  ],
  [
    "an owner who is suspended",
    async () => {
      const userId = await newUser(t, "suspended");
      const memberId = await join(t, world.acme, userId, "owner");
      const status = "suspended";
      await t.mutation((ctx) => auth.member.update(ctx, memberId, { status }));
      return userId;
    },
  ],
  [
    "an owner who is banned",
    async () => {
      const userId = await newUser(t, "banned");
      await join(t, world.acme, userId, "owner");
      await ban(t, userId);
      return userId;
    },
  ],
  [
    "an owner who was removed",
    async () => {
      const userId = await newUser(t, "removed");
      const memberId = await join(t, world.acme, userId, "owner");
      await t.mutation((ctx) => auth.member.remove(ctx, memberId));
      return userId;
    },
  ],
  [
    "an owner of another organization",
    async () => {
      const userId = await newUser(t, "other");
      await newOrganization(t, userId);
      return userId;
    },
  ],
  [
    "an administrator of the app",
    async () => {
      const userId = await newUser(t, "root");
      const role = "admin";
      await t.mutation((ctx) => auth.user.setRole(ctx, { userId, role }));
      return userId;
    },
  ],
];

describe("who has no permission gets nowhere by any write", () => {
  it.each(PEOPLE)("%s", { timeout: 30_000 }, async (_name, make) => {
    const ada = await make();
    const before = await rows();
    for (const [name, argumentsOf] of AS_ACTOR) {
      const attempt = run(name, argumentsOf({ ...world, ada }));
      expect(await refusalCode(attempt), name).toBe("FORBIDDEN");
    }
    expect(await rows()).toEqual(before);
  });

  it("nor does an owner without the second factor that is asked for", async () => {
    const settings = { requireSecondFactor: true };
    await t.mutation((ctx) => auth.group.update(ctx, world.acme, { settings }));
    const before = await rows();
    for (const [name, argumentsOf] of AS_ACTOR) {
      const attempt = run(name, argumentsOf(world));
      expect(await refusalCode(attempt), name).toBe("SECOND_FACTOR_REQUIRED");
    }
    expect(await rows()).toEqual(before);
    await setSecondFactor(t, world.ada, START);
    await run("member.remove", WRITES["member.remove"]!(world));
  });

  it.each(AS_ACTOR)(
    "%s: whoever passes on that nobody is signed in does not act as the app",
    async (name, argumentsOf, field) => {
      const before = await rows();
      for (const nobody of [undefined, null]) {
        const args = argumentsOf(world).map((argument) =>
          typeof argument === "object" && argument !== null && field in argument
            ? { ...argument, [field]: nobody }
            : argument,
        );
        expect(await refusalCode(run(name, args))).toBe("INVALID_PARAMETERS");
      }
      expect(await rows()).toEqual(before);
    },
  );
});

describe("nobody gets or gives more than they have", () => {
  let actorUserId: string;
  let own: string;
  let actor: { actorUserId: string };

  beforeEach(async () => {
    actorUserId = await newUser(t, "recruiter");
    own = await join(t, world.acme, actorUserId, "recruiter");
    actor = { actorUserId };
  });

  const add = (role: string) =>
    t.mutation((ctx) =>
      auth.member.add(ctx, {
        ...{ groupId: world.acme, userId: world.grace, role, ...actor },
      }),
    );

  const update = (memberId: string, role: string) =>
    t.mutation((ctx) => auth.member.update(ctx, memberId, { role }, actor));

  const invite = (role: string) =>
    t.mutation((ctx) =>
      auth.invite.create(ctx, {
        ...{ groupId: world.acme, role, invitedByUserId: actorUserId },
      }),
    );

  const makeRole = (permissions: { billing?: "read"[]; member?: "export"[] }) =>
    t.mutation((ctx) =>
      auth.role.create(ctx, {
        ...{ groupId: world.acme, role: "mine", permissions, ...actor },
      }),
    );

  const refused = async (attempts: Promise<unknown>[]) => {
    const codes = await Promise.all(attempts.map(refusalCode));
    expect(codes).toEqual(attempts.map(() => "FORBIDDEN"));
  };

  it("by the roles that they give, whatever the case of the letters", async () => {
    const before = await rows();
    for (const role of ["owner", "OWNER", "admin", "editor", "viewer"]) {
      await refused([add(role), update(own, role), invite(role)]);
      await refused([update(world.memberId, role)]);
    }
    expect(await rows()).toEqual(before);
    await update(world.memberId, "recruiter");
  });

  it("by members who have more: they are neither changed nor removed", async () => {
    const memberships = ["owner", "admin", "editor"].map(async (role) =>
      join(t, world.acme, await newUser(t, role), role),
    );
    for (const memberId of await Promise.all(memberships)) {
      const status = "suspended";
      await refused([
        update(memberId, "recruiter"),
        t.mutation((ctx) =>
          auth.member.update(ctx, memberId, { status }, actor),
        ),
        t.mutation((ctx) => auth.member.remove(ctx, memberId, actor)),
      ]);
    }
  });

  it("by roles of their own making, or by changing one that they have", async () => {
    await refused([makeRole({ billing: ["read"] })]);
    const roleId = await makeRole({ member: ["export"] });
    await t.mutation((ctx) =>
      auth.member.update(ctx, own, { roles: ["recruiter", "mine"] }),
    );
    const permissions = { organization: ["delete"] } as const;
    await refused([
      t.mutation((ctx) =>
        auth.role.update(ctx, roleId, { permissions }, actor),
      ),
    ]);
  });

  it("by a role that others made and that has more: it is neither changed nor deleted", async () => {
    const roleId = await t.mutation((ctx) =>
      auth.role.create(ctx, {
        ...{ groupId: world.acme, role: "clerk" },
        permissions: { billing: ["read"] },
      }),
    );
    await refused([
      t.mutation((ctx) =>
        auth.role.update(ctx, roleId, { permissions: {} }, actor),
      ),
      t.mutation((ctx) => auth.role.delete(ctx, roleId, actor)),
    ]);
  });

  it("by an invitation with more, which others made", async () => {
    const made = await t.mutation((ctx) =>
      auth.invite.create(ctx, { groupId: world.acme, role: "admin" }),
    );
    await refused([
      t.mutation((ctx) => auth.invite.renew(ctx, made.inviteId, actor)),
      t.action((ctx) => auth.invite.resend(ctx, made.inviteId, actor)),
    ]);
  });

  it("by moving a group to another organization, or out of all", async () => {
    const other = await newOrganization(t, actorUserId);
    const move = (parentGroupId: string | null) =>
      t.mutation((ctx) =>
        auth.group.update(ctx, world.team, { parentGroupId }, actor),
      );
    await refused([move(other), move(null)]);
    expect(
      await t.query((ctx) => auth.group.get(ctx, world.team)),
    ).toMatchObject({ parentGroupId: world.acme });
  });

  it("an admin settles nothing that is for owners, nor deletes or restores", async () => {
    await t.mutation((ctx) => auth.member.update(ctx, own, { role: "admin" }));
    const settle = (settings: object) =>
      t.mutation((ctx) =>
        auth.group.update(ctx, world.acme, { settings }, actor),
      );
    await refused([
      settle({ deletionProtection: false }),
      settle({ deletionGraceMs: 0 }),
      settle({ slugLocked: true }),
      settle({ keepsLastTeam: true }),
      settle({ requireSecondFactor: false }),
      settle({ inviteLifetimeMs: 3_600_000, memberLimit: 9 }),
      t.mutation((ctx) => auth.group.delete(ctx, world.acme, actor)),
    ]);
    await settle({ inviteLifetimeMs: 3_600_000 });
    const deletionGraceMs = 60_000;
    await t.mutation((ctx) =>
      auth.group.update(ctx, world.acme, { settings: { deletionGraceMs } }),
    );
    await t.mutation((ctx) => auth.group.delete(ctx, world.acme));
    await refused([
      t.mutation((ctx) => auth.group.restore(ctx, world.acme, actor)),
    ]);
  });
});

describe("what a caller can learn", () => {
  it("no method shows what recognises a token, nor a counter of attempts", async () => {
    const { token, ...ids } = world;
    const made: unknown[] = [];
    await t.action(async (ctx) => {
      for (const [name, argumentsOf] of Object.entries(READS)) {
        const [first, ...rest] = argumentsOf(world);
        const wide =
          typeof first === "object" && first !== null && "where" in first
            ? { ...first, where: {} }
            : first;
        made.push(await methodOf(name)(ctx, wide, ...rest));
      }
    });
    const said = JSON.stringify(made);
    expect(said).toContain(ids.inviteId);
    expect(said).not.toMatch(/hash|limiter|secret|lastTime/i);
    expect(said).not.toContain(token);
    const stored = JSON.stringify(await snapshot(t));
    expect(stored).toContain("tokenHash");
    expect(stored).not.toContain(token);
  });

  it("an invitation says nothing of whether its address has an account", async () => {
    const invite = (email: string) =>
      t.action((ctx) =>
        auth.invite.send(ctx, { groupId: world.team, email, role: "viewer" }),
      );
    const known = await invite("ada@example.com");
    const unknown = await invite("nobody@example.com");
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
  });

  it("who may not invite learns nothing of members and open invitations", async () => {
    const invitedByUserId = await newUser(t, "stranger");
    const addresses = ["ada", "eve", "grace", "nobody"];
    const attempts = addresses.map((name) =>
      t.mutation((ctx) =>
        auth.invite.create(ctx, {
          ...{ groupId: world.acme, email: `${name}@example.com` },
          invitedByUserId,
        }),
      ),
    );
    const codes = await Promise.all(attempts.map(refusalCode));
    expect(new Set(codes)).toEqual(new Set(["FORBIDDEN"]));
  });

  it("a group that is not there is answered like one of others", async () => {
    const userId = await newUser(t, "stranger");
    const about = (groupId: string) =>
      t.query(async (ctx) => [
        await auth.permission.list(ctx, { userId, groupId }),
        await auth.permission.check(ctx, {
          ...{ userId, groupId, permissions: { project: ["read"] } },
        }),
        await auth.member.getByUserAndGroup(ctx, { userId, groupId }),
        await auth.member
          .require(ctx, { userId, groupId })
          .catch((error: { data: unknown }) => error.data),
      ]);
    expect(await about(world.acme)).toEqual(await about("nowhere"));
  });
});
