import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  deploy,
  events,
  outcome,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  add,
  assignments,
  change,
  CONFIG,
  counts,
  done,
  group,
  inherited,
  join,
  leave,
  may,
  organization,
  person,
  remove,
} from "./fixture/groups.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
/** Owns the organization. */
let ada: Id<"User">;
let grace: Id<"User">;
let acme: Id<"Group">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
  grace = await person(t, "grace");
  acme = await organization(t, ada);
});

/** The membership of a user in the organization. */
async function memberIn(groupId: Id<"Group">, userId: Id<"User">) {
  const member = await t.query(api.member.read.getByUserAndGroup, {
    ...{ groupId, userId },
  });
  if (member === null) {
    throw new Error("Expected a membership");
  }
  return member;
}

describe("adding a member", () => {
  it("gives the role `member` and the status `active` when none are named", async () => {
    const extend = { seat: 7n };
    const { memberId } = done(await add(t, acme, grace, { extend }));
    const member = await t.query(api.member.read.get, { memberId });
    expect(member).toMatchObject({
      ...{ groupId: acme, userId: grace, role: "member", roles: ["member"] },
      ...{ status: "active", isOwner: false, roleIds: [], extend },
    });
    expect(await memberIn(acme, grace)).toEqual(member);
  });

  it("counts the member, and finds it by each of its roles", async () => {
    const memberId = await join(t, acme, grace, ["admin", "Developer"]);
    expect((await counts(t, acme)).members).toBe(2);
    expect(await assignments(t, memberId)).toEqual(["admin", "developer"]);
  });

  it("happens once for each user and group, whatever the status", async () => {
    done(await add(t, acme, grace, { status: "suspended" }));
    expect(outcome(await add(t, acme, grace))).toBe("DUPLICATE_MEMBERSHIP");
    const team = await group(t, acme);
    expect(outcome(await add(t, team, grace))).toBe("done");
    expect((await counts(t, acme)).members).toBe(2);
  });

  it("happens once when two clients do it at the same time", async () => {
    const answers = await Promise.all([
      add(t, acme, grace),
      add(t, acme, grace),
    ]);
    expect(answers.map(outcome).sort()).toEqual([
      "DUPLICATE_MEMBERSHIP",
      "done",
    ]);
    expect((await counts(t, acme)).members).toBe(2);
  });

  it("needs a user, a group and well-formed roles", async () => {
    const strangers = await t.run(async (ctx) => {
      const userId = await ctx.db.insert("User", {});
      await ctx.db.delete("User", userId);
      return userId;
    });
    for (const [code, attempt] of [
      ["USER_NOT_FOUND", add(t, acme, strangers)],
      ["USER_NOT_FOUND", add(t, acme, "nonsense")],
      ["GROUP_NOT_FOUND", add(t, "nonsense", grace)],
      ["ROLE_NOT_FOUND", add(t, acme, grace, { roles: ["pilot"] })],
      ["INVALID_PARAMETERS", add(t, acme, grace, { roles: [] })],
      ["INVALID_PARAMETERS", add(t, acme, grace, { status: "" })],
    ] as const) {
      expect(outcome(await attempt)).toBe(code);
    }
    expect((await counts(t, acme)).members).toBe(1);
  });

  it("stops at the limit of the organization", async () => {
    const config = { ...CONFIG, settings: { memberLimit: 2 } };
    done(await add(t, acme, grace, { config }));
    const edsger = await person(t, "edsger");
    expect(outcome(await add(t, acme, edsger, { config }))).toBe(
      "MEMBER_LIMIT_REACHED",
    );
  });
});

describe("no grant above the grantor", () => {
  let edsger: Id<"User">;

  beforeEach(async () => {
    edsger = await person(t, "edsger");
    await join(t, acme, grace, ["admin"]);
  });

  it.each([
    ["owner", "FORBIDDEN"],
    ["developer", "FORBIDDEN"],
    ["admin", "done"],
    ["member", "done"],
  ])("lets an admin add a member as %s: %s", async (role, expected) => {
    const answer = await add(t, acme, edsger, {
      ...{ roles: [role], actorUserId: grace },
    });
    expect(outcome(answer)).toBe(expected);
  });

  it("lets an admin neither touch an owner nor become one", async () => {
    const owner = await memberIn(acme, ada);
    const own = await memberIn(acme, grace);
    for (const attempt of [
      change(t, owner._id, { roles: ["member"] }, grace),
      change(t, owner._id, { status: "suspended" }, grace),
      change(t, own._id, { roles: ["owner"] }, grace),
      remove(t, owner._id, grace),
    ]) {
      expect(outcome(await attempt)).toBe("FORBIDDEN");
    }
  });

  it("lets an admin not touch who may do more, in a group below either", async () => {
    const team = await group(t, acme);
    const memberId = await join(t, team, edsger, ["developer"]);
    expect(outcome(await remove(t, memberId, grace))).toBe("FORBIDDEN");
    expect(outcome(await remove(t, memberId, ada))).toBe("done");
  });

  it("lets a plain member add and remove nobody", async () => {
    const memberId = await join(t, acme, edsger);
    const alan = await person(t, "alan");
    const answer = await add(t, acme, alan, { actorUserId: edsger });
    expect(outcome(answer)).toBe("FORBIDDEN");
    const admin = await memberIn(acme, grace);
    expect(outcome(await remove(t, admin._id, edsger))).toBe("FORBIDDEN");
    expect(outcome(await remove(t, memberId, edsger))).toBe("done");
  });

  it("records who was refused what", async () => {
    await add(t, acme, edsger, { roles: ["owner"], actorUserId: grace });
    const event = await t.run((ctx) =>
      ctx.db.query("AuditEvent").order("desc").first(),
    );
    expect(event).toMatchObject({
      ...{ event: "memberAdded", outcome: "refused", code: "FORBIDDEN" },
      ...{ userId: edsger, actorUserId: grace, groupId: acme },
    });
  });
});

describe("changing a membership", () => {
  it("replaces the roles, and what finds the member by them", async () => {
    const memberId = await join(t, acme, grace, ["admin"]);
    done(await change(t, memberId, { roles: ["developer", "member"] }));
    expect(await memberIn(acme, grace)).toMatchObject({
      ...{ role: "developer", roles: ["developer", "member"] },
    });
    expect(await assignments(t, memberId)).toEqual(["developer", "member"]);
    expect(await may(t, grace, acme, "project:create")).toBe("allowed");
    expect(await may(t, grace, acme, "member:create")).toBe("FORBIDDEN");
  });

  it("leaves what is not named, and replaces the app's own data", async () => {
    const { memberId } = done(
      await add(t, acme, grace, { roles: ["admin"], extend: { seat: 1 } }),
    );
    done(await change(t, memberId, { status: "suspended" }));
    done(await change(t, memberId, { extend: { seat: 2 } }));
    expect(await memberIn(acme, grace)).toMatchObject({
      ...{ roles: ["admin"], status: "suspended", extend: { seat: 2 } },
    });
  });

  it("is refused for a membership that is not there", async () => {
    const memberId = await join(t, acme, grace);
    done(await remove(t, memberId));
    for (const id of [memberId, "nonsense"]) {
      expect(outcome(await change(t, id, {}))).toBe("MEMBER_NOT_FOUND");
      expect(outcome(await remove(t, id))).toBe("MEMBER_NOT_FOUND");
    }
  });

  it("is refused for a membership whose user is gone", async () => {
    const memberId = await join(t, acme, grace);
    await t.run((ctx) => ctx.db.delete("User", grace));
    expect(outcome(await change(t, memberId, {}))).toBe("MEMBER_NOT_FOUND");
    expect(await t.query(api.member.read.get, { memberId })).toBeNull();
  });
});

describe("only an active membership counts", () => {
  it.each(["suspended", "pending", "invited"])(
    "not a %s one",
    async (status) => {
      const memberId = await join(t, acme, grace, ["admin"]);
      done(await change(t, memberId, { status }));
      expect(await may(t, grace, acme, "member:create")).toBe("FORBIDDEN");
      expect((await inherited(t, grace, acme)).membership).toBeNull();
      done(await change(t, memberId, { status: "active" }));
      expect(await may(t, grace, acme, "member:create")).toBe("allowed");
    },
  );
});

describe("the last owner of an organization", () => {
  it("cannot leave, be removed, demoted or deactivated, not by the app either", async () => {
    const { _id } = await memberIn(acme, ada);
    for (const attempt of [
      () => leave(t, acme, ada),
      () => remove(t, _id),
      () => remove(t, _id, ada),
      () => change(t, _id, { roles: ["admin"] }),
      () => change(t, _id, { roles: ["admin"] }, ada),
      () => change(t, _id, { status: "suspended" }),
    ]) {
      expect(outcome(await attempt())).toBe("LAST_OWNER");
    }
    expect(await may(t, ada, acme, "organization:delete")).toBe("allowed");
  });

  it("is not kept by an owner who is suspended or gone", async () => {
    const other = await join(t, acme, grace, ["owner"]);
    done(await change(t, other, { status: "suspended" }));
    expect(outcome(await leave(t, acme, ada))).toBe("LAST_OWNER");
    done(await change(t, other, { status: "active" }));
    await t.mutation(api.removal.removeUser, { userId: grace, cascade: true });
    expect(outcome(await leave(t, acme, ada))).toBe("LAST_OWNER");
  });

  it("may go when another has become one", async () => {
    await join(t, acme, grace, ["owner"]);
    expect(outcome(await leave(t, acme, ada))).toBe("done");
    expect(outcome(await leave(t, acme, grace))).toBe("LAST_OWNER");
  });

  it("is kept when two owners leave at once: one wins", async () => {
    await join(t, acme, grace, ["owner"]);
    const answers = await Promise.all([
      leave(t, acme, ada),
      leave(t, acme, grace),
    ]);
    expect(answers.map(outcome).sort()).toEqual(["LAST_OWNER", "done"]);
    expect((await counts(t, acme)).members).toBe(1);
  });

  it("is kept when two owners demote each other at once: one wins", async () => {
    const other = await join(t, acme, grace, ["owner"]);
    const { _id } = await memberIn(acme, ada);
    const answers = await Promise.all([
      change(t, other, { roles: ["member"] }, ada),
      change(t, _id, { roles: ["member"] }, grace),
    ]);
    expect(answers.map(outcome).filter((code) => code === "done")).toHaveLength(
      1,
    );
  });

  it("is not asked for in a group below, which the organization's owners own", async () => {
    const team = await group(t, acme);
    await join(t, team, grace, ["owner"]);
    expect(outcome(await leave(t, team, grace))).toBe("done");
  });
});

describe("leaving an organization", () => {
  it("ends the memberships in all groups below, and in no other", async () => {
    const below = await group(t, await group(t, acme));
    const elsewhere = await organization(t, ada);
    const ids = [
      await join(t, acme, grace),
      await join(t, below, grace, ["developer"]),
      await join(t, elsewhere, grace),
    ];
    done(await leave(t, acme, grace));
    const left = await Promise.all(
      ids.map((memberId) => t.query(api.member.read.get, { memberId })),
    );
    expect(left.map((member) => member !== null)).toEqual([false, false, true]);
    expect((await counts(t, acme)).members).toBe(1);
    expect((await counts(t, below)).members).toBe(0);
    expect(await may(t, grace, below, "project:read")).toBe("FORBIDDEN");
    const rows = await t.run((ctx) =>
      ctx.db.query("GroupRoleAssignment").collect(),
    );
    expect(rows.map((row) => row.holderId)).toContain(ids[2]);
    expect(rows.map((row) => row.holderId)).not.toContain(ids[1]);
  });

  it("leaves the organization alone when it is a group below that is left", async () => {
    const team = await group(t, acme);
    await join(t, acme, grace);
    await join(t, team, grace);
    done(await leave(t, team, grace));
    expect((await inherited(t, grace, team)).matchedGroupId).toBe(acme);
  });

  it("bars a user with very many memberships at once, and a job does the rest", async () => {
    const memberId = await join(t, acme, grace);
    const teams = await t.run(async (ctx) => {
      const ids: Id<"Group">[] = [];
      for (let index = 0; index < 300; index += 1) {
        const groupId = await ctx.db.insert("Group", {
          ...{ name: "Team", parentGroupId: acme, isRoot: false },
          ...{ height: 0, tags: [] },
        });
        await ctx.db.insert("GroupMember", {
          ...{ groupId, userId: grace, role: "developer", roleIds: [] },
          ...{ roles: ["developer"], isOwner: false, status: "active" },
        });
        ids.push(groupId);
      }
      return ids;
    });
    expect(await may(t, grace, teams[299]!, "project:read")).toBe("allowed");
    done(await leave(t, acme, grace));
    expect(await may(t, grace, teams[299]!, "project:read")).toBe("FORBIDDEN");
    expect((await inherited(t, grace, teams[299]!)).membership).toBeNull();
    expect(await t.query(api.member.read.get, { memberId })).toBeNull();
    const list = await t.query(api.member.list.list, {
      ...{ where: { groupId: acme }, orderBy: "_creationTime" },
      ...{ limit: 10, cursor: null },
    });
    expect(list.items.map((member) => member.userId)).toEqual([ada]);
    expect(outcome(await add(t, acme, grace))).toBe("REMOVAL_IN_PROGRESS");
    expect(outcome(await leave(t, acme, grace))).toBe("MEMBER_NOT_FOUND");
    expect(
      await t.query(api.removalJob.status, { subjectId: memberId }),
    ).toMatchObject({ state: "running" });
  });
});

it("records what was done to whom, by whom and where", async () => {
  const memberId = await join(t, acme, grace);
  done(await change(t, memberId, { roles: ["admin"] }, ada));
  done(await remove(t, memberId, ada));
  expect(await events(t)).toEqual([
    ...["groupCreated", "memberAdded", "memberUpdated", "memberRemoved"],
  ]);
  const last = await t.run((ctx) =>
    ctx.db.query("AuditEvent").order("desc").first(),
  );
  expect(last).toMatchObject({
    ...{ userId: grace, actorUserId: ada, groupId: acme },
  });
});
