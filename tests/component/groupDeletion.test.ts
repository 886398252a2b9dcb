import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  deploy,
  events,
  internal,
  MINUTE,
  outcome,
  pass,
  useFrozenClock,
} from "./fixture/backend.js";
import { deleteGroup, deletionStatus } from "./fixture/deletions.js";
import {
  add,
  CONFIG,
  done,
  group,
  inherited,
  join,
  may,
  organization,
  person,
} from "./fixture/groups.js";
import {
  disorder,
  finish,
  groupRows,
  insertGroups,
  loseScheduled,
  populate,
  removal,
  runBatch,
} from "./fixture/trees.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
/** Owns the organizations. */
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

const remove = (groupId: string, actorUserId?: string) =>
  deleteGroup(t, groupId, actorUserId);
const get = (groupId: string) => t.query(api.group.read.get, { groupId });
const status = (subjectId: string) => deletionStatus(t, subjectId);

/** What can be read of a group and of what is in it. */
async function seen(groupId: Id<"Group">, userId: Id<"User">, ids: string[]) {
  const page = { limit: 10, cursor: null };
  const [memberId = "", inviteId = "", roleId = ""] = ids;
  return {
    group: await get(groupId),
    counts: await t.query(api.group.read.counts, { groupId }),
    above: (await t.query(api.groupAncestors.list, { groupId })).ancestors,
    member: await t.query(api.member.read.get, { memberId }),
    memberOf: await t.query(api.member.read.getByUserAndGroup, {
      userId,
      groupId,
    }),
    members: (
      await t.query(api.member.list.list, {
        ...{ where: { groupId }, orderBy: "_creationTime", ...page },
      })
    ).items,
    memberships: (
      await t.query(api.member.list.list, {
        ...{ where: { userId }, orderBy: "_creationTime", ...page },
      })
    ).items,
    inherited: (await inherited(t, userId, groupId)).membership,
    may: await may(t, userId, groupId, "project:read"),
    role: await t.query(api.role.read.get, { roleId }),
    invite: await t.query(api.invite.read.get, { inviteId }),
    invites: (
      await t.query(api.invite.list.list, {
        ...{ where: { groupId }, orderBy: "_creationTime", ...page },
      })
    ).items,
    active: await t.query(api.activeGroup.get, { userId }),
  };
}

describe("a deleted group", () => {
  it("is invisible at once, with everything in it and below", async () => {
    const acme = await organization(t, ada);
    let deepest = acme;
    for (let level = 0; level < 10; level += 1) {
      deepest = await group(t, deepest);
    }
    const grace = await person(t, "grace");
    const memberId = await join(t, deepest, grace, ["developer"]);
    const { inviteId } = done(
      await t.mutation(api.inviteWrite.create, {
        ...{ config: CONFIG, groupId: deepest, isSent: false },
        email: "linus@example.com",
      }),
    );
    const { roleId } = done(
      await t.mutation(api.roleWrite.create, {
        ...{ config: CONFIG, groupId: acme, role: "tester", permissions: [] },
      }),
    );
    done(
      await t.mutation(api.activeGroup.set, {
        ...{ userId: grace, groupId: deepest },
      }),
    );
    const ids = [memberId, inviteId, roleId];
    const before = await seen(deepest, grace, ids);
    expect(before).toMatchObject({ may: "allowed", active: deepest });
    for (const read of Object.values(before)) {
      expect(read).toBeTruthy();
      expect(read).not.toEqual([]);
    }

    done(await remove(acme, ada));
    expect(await seen(deepest, grace, ids)).toEqual({
      ...{ group: null, counts: null, above: [], member: null, memberOf: null },
      ...{ members: [], memberships: [], inherited: null, may: "FORBIDDEN" },
      ...{ role: null, invite: null, invites: [], active: null },
    });
    expect(await may(t, ada, acme, "organization:delete")).toBe("FORBIDDEN");
    // Nothing was removed yet but the sight of it.
    expect(await groupRows(t)).toMatchObject({ Group: 11, GroupMember: 2 });
  });

  it("takes in nobody and nothing", async () => {
    const acme = await organization(t);
    const team = await group(t, acme);
    done(await remove(acme));
    for (const groupId of [acme, team]) {
      expect(outcome(await add(t, groupId, ada))).toBe("GROUP_NOT_FOUND");
      expect(outcome(await remove(groupId))).toBe("GROUP_NOT_FOUND");
      for (const answer of [
        await t.mutation(api.groupWrite.create, {
          ...{ config: CONFIG, name: "X", parentGroupId: groupId },
        }),
        await t.mutation(api.groupWrite.update, {
          ...{ config: CONFIG, groupId, data: { name: "X" } },
        }),
      ]) {
        expect(outcome(answer)).toBe("GROUP_NOT_FOUND");
      }
    }
  });

  it("leaves the group above in order", async () => {
    const acme = await organization(t, ada, { slug: "acme" });
    const team = await group(t, acme, { type: "team", slug: "red" });
    await group(t, team);
    await group(t, acme, { type: "team" });
    done(await remove(team));
    expect(await get(acme)).toMatchObject({ height: 1 });
    expect(
      await t.query(api.group.read.counts, { groupId: acme }),
    ).toMatchObject({
      ...{ teams: 1, members: 1 },
    });
    await finish(t);
    expect(await disorder(t)).toEqual([]);
    expect(await groupRows(t)).toMatchObject({ Group: 2, GroupSlug: 1 });
    await group(t, acme, { slug: "red" });
  });

  it("is recorded with who has deleted it", async () => {
    const acme = await organization(t, ada);
    const grace = await person(t, "grace");
    expect(outcome(await remove(acme, grace))).toBe("FORBIDDEN");
    done(await remove(acme, ada));
    expect(await events(t)).toEqual([
      ...["groupCreated", "groupDeleted: FORBIDDEN", "groupDeleted"],
    ]);
    const page = { groupId: acme, limit: 1, cursor: null };
    const { items } = await t.query(api.audit.list, page);
    expect(items).toMatchObject([{ actorUserId: ada, groupId: acme }]);
  });
});

/** An organization of teams, departments and 1,800 memberships. */
async function largeOrganization() {
  const acme = await organization(t, ada, { slug: "acme" });
  const departments = await insertGroups(t, acme, 3);
  for (const department of departments) {
    const teams = await insertGroups(t, department, 40);
    await populate(t, teams[0]!, 150);
    await populate(t, department, 50);
  }
  await populate(t, acme, 1_200);
  return acme;
}

describe("the removal of a large organization", () => {
  it("works in batches inside Convex's limits until nothing is left, and touches nothing else", async () => {
    const zen = await organization(t, ada, { slug: "zen" });
    await populate(t, zen, 20);
    await insertGroups(t, zen, 2);
    const others = await groupRows(t);
    const acme = await largeOrganization();
    expect(await disorder(t)).toEqual([]);
    done(await remove(acme, ada));

    const progress = [];
    for (let batch = 0; (await removal(t)).state !== "done"; batch += 1) {
      expect(batch).toBeLessThan(20);
      await runBatch(t);
      progress.push(await status(acme));
      // What is left hangs together, and its top goes last.
      expect(await get(acme)).toBeNull();
    }
    expect(progress.length).toBeGreaterThan(3);
    for (const key of ["members", "totalMembers", "groups"] as const) {
      const values = progress.map((one) => one![key]);
      expect(values).toEqual([...values].sort((one, two) => one - two));
    }
    expect(progress[0]).toMatchObject({ state: "running" });
    expect(progress.at(-1)).toMatchObject({
      ...{ state: "done", members: 1_801, totalMembers: 1_801, groups: 124 },
    });
    expect(await groupRows(t)).toEqual(others);
    expect(await disorder(t)).toEqual([]);
  });

  it("stays far below the limits in each batch", async () => {
    done(await remove(await largeOrganization()));
    await loseScheduled(t);
    const { _id: jobId, run } = await removal(t);
    const used = await t.mutation(async (ctx) => {
      await ctx.runMutation(internal.removalJob.run, { jobId, run });
      return await ctx.meta.getTransactionMetrics();
    });
    expect(used.documentsWritten.used).toBeGreaterThan(500);
    expect(used.documentsWritten.used).toBeLessThan(2_000);
    expect(used.databaseQueries.used).toBeLessThan(2_600);
    expect(used.documentsRead.used).toBeLessThan(6_000);
  });

  it("goes on after a batch that never came, ten minutes later", async () => {
    const acme = await largeOrganization();
    done(await remove(acme));
    await runBatch(t);
    const { members } = (await status(acme))!;
    await loseScheduled(t);
    pass(9 * MINUTE);
    await t.mutation(internal.removalJob.resume, {});
    await finish(t);
    expect((await removal(t)).members).toBe(members);

    pass(MINUTE);
    await t.mutation(internal.removalJob.resume, {});
    await finish(t);
    expect(await removal(t)).toMatchObject({ state: "done", members: 1_801 });
    expect(await groupRows(t)).toEqual({});
  });

  it("does a batch once, however often it is scheduled", async () => {
    done(await remove(await largeOrganization()));
    const { _id: jobId, run } = await removal(t);
    await loseScheduled(t);
    await t.mutation(internal.removalJob.run, { jobId, run });
    const after = await removal(t);
    await t.mutation(internal.removalJob.run, { jobId, run });
    expect(await removal(t)).toEqual(after);
    const scheduled = await t.run((ctx) =>
      ctx.db.system.query("_scheduled_functions").collect(),
    );
    const pending = scheduled.filter(({ state }) => state.kind === "pending");
    expect(pending).toHaveLength(1);
  });

  it("and of a group in it at the same time both come to an end", async () => {
    const acme = await organization(t);
    const [department] = await insertGroups(t, acme, 3);
    const teams = await insertGroups(t, department, 20);
    await populate(t, teams[3]!, 100);
    done(await remove(department!));
    done(await remove(acme));
    await finish(t);
    expect(await groupRows(t)).toEqual({});
    expect(await status(acme)).toMatchObject({ state: "done" });
    expect(await status(department!)).toMatchObject({ state: "done" });
  });

  it("is not stopped by large rows", async () => {
    const acme = await organization(t);
    const extend = "x".repeat(500_000);
    for (let index = 0; index < 30; index += 1) {
      const userId = await person(t, `user${index}`);
      done(await add(t, acme, userId, { extend }));
    }
    done(await remove(acme));
    await runBatch(t);
    expect((await removal(t)).members).toBeLessThan(15);
    await finish(t);
    expect(await groupRows(t)).toEqual({});
  });
});
