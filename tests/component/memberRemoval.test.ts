import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  outcome,
  useFrozenClock,
} from "./fixture/backend.js";
import { deleteGroup, restoreGroup } from "./fixture/deletions.js";
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
import {
  disorder,
  finish,
  groupRows,
  insertGroups,
  joinAll,
  removal,
} from "./fixture/trees.js";

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

/** The memberships of Grace. */
async function memberships(): Promise<Doc<"GroupMember">[]> {
  return await t.run((ctx) =>
    ctx.db
      .query("GroupMember")
      .withIndex("userId", (q) => q.eq("userId", grace))
      .collect(),
  );
}

/** Makes Grace a member of groups below the organization. */
async function joinBelow(
  groups: number,
  fields: Partial<Doc<"GroupMember">> = {},
): Promise<Id<"Group">[]> {
  const ids = await insertGroups(t, acme, groups);
  await joinAll(t, grace, ids, fields);
  return ids;
}

const removeUser = async (userId: string) =>
  await t.mutation(api.removal.removeUser, { userId, cascade: true });

describe("removing a user", () => {
  it("ends all memberships, however large their rows are", async () => {
    await joinBelow(40, { extend: "x".repeat(150_000), isOwner: true });
    done(await removeUser(grace));
    await finish(t);
    expect(await memberships()).toEqual([]);
    expect(await disorder(t)).toEqual([]);
  });

  it("of hundreds of groups works in bounded transactions, and is seen at once everywhere", async () => {
    await join(t, acme, grace, ["developer"]);
    const teams = await joinBelow(399);
    const zen = await organization(t);
    await join(t, zen, grace);
    done(await removeUser(grace));
    expect((await removal(t)).state).toBe("running");
    expect(await may(t, grace, teams[398]!, "project:read")).toBe("FORBIDDEN");
    for (const where of [{ userId: grace }, { groupId: teams[0]! }]) {
      const { items } = await t.query(api.member.list.list, {
        ...{ where, orderBy: "_creationTime", limit: 100, cursor: null },
      });
      expect(items).toEqual([]);
    }
    await finish(t);
    expect(await memberships()).toEqual([]);
    const subject = { subjectId: grace };
    expect(await t.query(api.removalJob.status, subject)).toMatchObject({
      ...{ state: "done", members: 401, totalMembers: 401 },
    });
  });

  it("is refused for the last owner of an organization, and that is recorded", async () => {
    expect(outcome(await removeUser(ada))).toBe("LAST_OWNER");
    expect((await events(t)).slice(-1)).toEqual(["userRemoved: LAST_OWNER"]);
    expect(await t.query(api.user.read.get, { userId: ada })).not.toBeNull();
  });

  it("leaves one owner when the last two are removed at once", async () => {
    await join(t, acme, grace, ["owner"]);
    const answers = await Promise.all([removeUser(ada), removeUser(grace)]);
    expect(answers.map(outcome).sort()).toEqual(["LAST_OWNER", "done"]);
  });

  it("leaves one owner when one is removed while the other leaves", async () => {
    await join(t, acme, grace, ["owner"]);
    const answers = await Promise.all([removeUser(ada), leave(t, acme, grace)]);
    expect(answers.map(outcome).sort()).toEqual(["LAST_OWNER", "done"]);
  });
});

describe("removing the owner of an organization that waits for its end", () => {
  beforeEach(async () => {
    done(
      await t.mutation(api.groupWrite.update, {
        ...{ config: CONFIG, groupId: acme },
        data: { settings: { deletionGraceMs: DAY } },
      }),
    );
  });

  it("is its end, since nobody would own it any more", async () => {
    done(await deleteGroup(t, acme, ada));
    done(await removeUser(ada));
    expect(outcome(await restoreGroup(t, acme))).toBe("GROUP_NOT_FOUND");
    await finish(t);
    expect(await groupRows(t)).toEqual({});
  });

  it("changes nothing for those who own it, too", async () => {
    await join(t, acme, grace, ["owner"]);
    done(await deleteGroup(t, acme, ada));
    done(await removeUser(ada));
    done(await restoreGroup(t, acme, grace));
    expect(await may(t, grace, acme, "organization:delete")).toBe("allowed");
  });
});

describe("leaving an organization with hundreds of groups below", () => {
  it("stays inside Convex's limits with as many roles as there can be", async () => {
    await join(t, acme, grace);
    const roles = Array.from({ length: 16 }, (_, index) => `role${index}`);
    const teams = await insertGroups(t, acme, 250);
    await joinAll(t, grace, teams, { role: "role0", roles });
    await t.run(async (ctx) => {
      for (const { _id, groupId } of await ctx.db
        .query("GroupMember")
        .withIndex("userId", (q) => q.eq("userId", grace))
        .collect()) {
        for (const role of roles.slice(1)) {
          await ctx.db.insert("GroupRoleAssignment", {
            ...{ holder: "member", holderId: _id, groupId, userId: grace },
            ...{ role, holderTime: 0 },
          });
        }
      }
    });
    done(await leave(t, acme, grace));
    await finish(t);
    expect(await memberships()).toEqual([]);
    expect(await disorder(t)).toEqual([]);
  });

  it("stays inside Convex's limits with large rows", async () => {
    await join(t, acme, grace);
    for (let part = 0; part < 3; part += 1) {
      await joinBelow(20, { extend: "x".repeat(500_000) });
    }
    done(await leave(t, acme, grace));
    await finish(t);
    expect(await memberships()).toEqual([]);
    expect(await disorder(t)).toEqual([]);
  });
});

describe("while a user is being removed from an organization", () => {
  let teams: Id<"Group">[];
  let memberId: Id<"GroupMember">;

  beforeEach(async () => {
    await join(t, acme, grace);
    teams = await joinBelow(260);
    const [, first] = await memberships();
    memberId = first!._id;
    done(await leave(t, acme, grace));
    expect((await removal(t)).state).toBe("running");
  });

  it("the memberships below are invisible, too", async () => {
    const groupId = teams[0]!;
    expect(await t.query(api.member.read.get, { memberId })).toBeNull();
    expect(
      await t.query(api.member.read.getByUserAndGroup, {
        userId: grace,
        groupId,
      }),
    ).toBeNull();
    for (const where of [
      ...[{ groupId }, { userId: grace }, { userId: grace, groupId }],
      ...[
        { groupId, role: "member" },
        { groupId, status: "active" },
      ],
    ]) {
      const { items } = await t.query(api.member.list.list, {
        ...{ where, orderBy: "_creationTime", limit: 100, cursor: null },
      });
      expect(items, JSON.stringify(where)).toEqual([]);
    }
  });

  it("and nobody can change one of them", async () => {
    expect(outcome(await change(t, memberId, { roles: ["admin"] }))).toBe(
      "MEMBER_NOT_FOUND",
    );
  });

  it("the user joins no group below, which would end with the others", async () => {
    const team = await group(t, acme);
    expect(outcome(await add(t, team, grace))).toBe("REMOVAL_IN_PROGRESS");
    const { token } = done(
      await t.mutation(api.inviteWrite.create, {
        ...{ config: CONFIG, groupId: team, isSent: false },
      }),
    );
    const accept = async () =>
      await t.mutation(api.inviteAccept.accept, {
        ...{ config: CONFIG, token, acceptedByUserId: grace },
      });
    expect(outcome(await accept())).toBe("REMOVAL_IN_PROGRESS");
    await finish(t);
    expect(outcome(await accept())).toBe("done");
    expect(await may(t, grace, team, "role:read")).toBe("allowed");
    expect(await disorder(t)).toEqual([]);
  });
});
