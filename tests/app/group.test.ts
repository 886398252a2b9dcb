import type { GroupChange, NewGroup } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deploy, pass, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import {
  ban,
  eventsIn,
  join,
  newGroup,
  newOrganization,
  newUser,
  setSecondFactor,
} from "./fixture/groups.js";
import { refusal, refusalCode } from "./fixture/people.js";

useFreshApp();

const DAY = 24 * 60 * 60 * 1_000;

let t: ReturnType<typeof deploy>;
let ada: string;
let grace: string;
let acme: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
  grace = await newUser(t, "grace");
  acme = await newOrganization(t, ada, { slug: "acme" });
});

const create = (group: NewGroup) =>
  t.mutation((ctx) => auth.group.create(ctx, group));

const get = (groupId: string) => t.query((ctx) => auth.group.get(ctx, groupId));

const update = (groupId: string, data: GroupChange, actorUserId?: string) =>
  t.mutation((ctx) =>
    auth.group.update(
      ...([ctx, groupId, data] as const),
      ...(actorUserId === undefined ? [] : [{ actorUserId }]),
    ),
  );

const remove = (groupId: string, actorUserId?: string) =>
  t.mutation((ctx) =>
    auth.group.delete(
      ...([ctx, groupId] as const),
      ...(actorUserId === undefined ? [] : [{ actorUserId }]),
    ),
  );

describe("group.create", () => {
  it("answers the id of a group that is as it was asked for", async () => {
    const fields = {
      ...{ name: "Research", slug: "research", type: "team" },
      ...{ tags: [{ key: "site", value: "Kiel" }], extend: { color: "red" } },
    };
    const groupId = await create({ ...fields, parentGroupId: acme });
    expect(await get(groupId)).toEqual({
      ...{ _id: groupId, _creationTime: expect.any(Number), ...fields },
      ...{ parentGroupId: acme, isRoot: false, height: 0 },
    });
  });

  it("makes the user who creates an organization its owner, and nobody when the app does", async () => {
    const own = await t.query((ctx) =>
      auth.member.getByUserAndGroup(ctx, { userId: ada, groupId: acme }),
    );
    expect(own).toMatchObject({ roles: ["owner"], isOwner: true });
    expect(await get(acme)).toMatchObject({ createdByUserId: ada });
    const groupId = await create({ name: "Nobody's" });
    expect(await t.query((ctx) => auth.group.counts(ctx, groupId))).toEqual({
      members: 0,
      pendingInvites: 0,
      teams: 0,
      roles: 0,
    });
  });

  it("below a group needs `team:create` there, inherited or not", async () => {
    const below = { name: "Team", parentGroupId: acme };
    expect(await refusalCode(create({ ...below, actorUserId: grace }))).toBe(
      "FORBIDDEN",
    );
    await join(t, acme, grace, "recruiter");
    const team = await create({ ...below, actorUserId: grace });
    await create({ name: "Deep", parentGroupId: team, actorUserId: grace });
  });

  it("refuses a slug that is taken, a parent that is not there, and a user who is not, or is banned", async () => {
    const codes = [
      create({ name: "Acme", slug: "ACME" }),
      create({ name: "Lost", parentGroupId: "nowhere" }),
      create({ name: "Ghost", actorUserId: "nobody" }),
    ].map(refusalCode);
    expect(await Promise.all(codes)).toEqual([
      ...["SLUG_ALREADY_TAKEN", "GROUP_NOT_FOUND", "USER_NOT_FOUND"],
    ]);
    await ban(t, grace);
    expect(await refusalCode(create({ name: "B", actorUserId: grace }))).toBe(
      "USER_BANNED",
    );
  });

  it("stops at the app's limit of groups that a user owns, and of levels", async () => {
    for (let owned = 1; owned < 5; owned += 1) {
      await newOrganization(t, ada);
    }
    expect(await refusalCode(newOrganization(t, ada))).toBe(
      "GROUP_LIMIT_REACHED",
    );
    let parentGroupId = acme;
    for (let level = 1; level <= 32; level += 1) {
      parentGroupId = await newGroup(t, parentGroupId);
    }
    expect(await refusalCode(newGroup(t, parentGroupId))).toBe(
      "GROUP_TOO_DEEP",
    );
  });

  it("stops at the limit of teams", async () => {
    await update(acme, { settings: { teamLimit: 1 } });
    await newGroup(t, acme, { type: "team" });
    expect(await refusalCode(newGroup(t, acme, { type: "team" }))).toBe(
      "TEAM_LIMIT_REACHED",
    );
    await newGroup(t, acme, { type: "office" });
  });
});

describe("group.get and group.counts", () => {
  it("give null for a group that is not there", async () => {
    for (const groupId of ["", "nowhere", ada]) {
      expect(await get(groupId)).toBeNull();
      expect(
        await t.query((ctx) => auth.group.counts(ctx, groupId)),
      ).toBeNull();
    }
  });

  it("counts members, open invitations, teams right below and own roles", async () => {
    const team = await newGroup(t, acme, { type: "team" });
    await newGroup(t, team, { type: "team" });
    await t.mutation(async (ctx) => {
      await auth.invite.create(ctx, { groupId: acme });
      await auth.role.create(ctx, {
        ...{ groupId: acme, role: "pilot", permissions: {} },
      });
    });
    expect(await t.query((ctx) => auth.group.counts(ctx, acme))).toEqual({
      ...{ members: 1, pendingInvites: 1, teams: 1, roles: 1 },
    });
  });
});

describe("group.update", () => {
  it("merges: what is not named stays, null takes away, and settings are added", async () => {
    await update(acme, { type: "company", extend: { plan: "free" } });
    await update(acme, { settings: { memberLimit: 7 } });
    await update(acme, {
      name: "ACME",
      type: null,
      settings: { teamLimit: 3 },
    });
    const group = await get(acme);
    expect(group).toMatchObject({
      ...{ name: "ACME", slug: "acme", extend: { plan: "free" } },
      settings: { memberLimit: 7, teamLimit: 3 },
    });
    expect(group).not.toHaveProperty("type");
  });

  it("refuses to move a group below itself, or below what is below it", async () => {
    const team = await newGroup(t, acme);
    const deep = await newGroup(t, team);
    for (const parentGroupId of [team, deep]) {
      expect(await refusalCode(update(team, { parentGroupId }))).toBe(
        "GROUP_CYCLE",
      );
    }
    expect(await get(team)).toMatchObject({ parentGroupId: acme });
    await update(deep, { parentGroupId: acme });
    expect(await get(deep)).toMatchObject({ parentGroupId: acme });
  });

  it("keeps a former slug for its group, and a locked one as it is", async () => {
    await update(acme, { slug: "acme-inc" });
    expect(await refusalCode(create({ name: "New", slug: "acme" }))).toBe(
      "SLUG_ALREADY_TAKEN",
    );
    await update(acme, { settings: { slugLocked: true } });
    expect(await refusalCode(update(acme, { slug: "acme" }))).toBe(
      "SLUG_LOCKED",
    );
    await update(acme, { slug: "acme", settings: { slugLocked: false } });
    expect(await get(acme)).toMatchObject({ slug: "acme" });
  });

  it("by an actor needs the permission, and a second factor to ask all for one", async () => {
    await join(t, acme, grace, "admin");
    const hire = (userId: string) =>
      update(acme, { settings: { requireSecondFactor: true } }, userId);
    await update(acme, { name: "Renamed" }, grace);
    expect(await refusalCode(hire(grace))).toBe("FORBIDDEN");
    expect(await refusalCode(hire(ada))).toBe("SECOND_FACTOR_REQUIRED");
    await setSecondFactor(t, ada, START);
    await hire(ada);
    expect(await refusalCode(update(acme, { name: "X" }, grace))).toBe(
      "SECOND_FACTOR_REQUIRED",
    );
    expect(await refusalCode(update(acme, { name: "X" }, "nobody"))).toBe(
      "FORBIDDEN",
    );
  });

  it("leaves the limits to the app", async () => {
    expect(
      await refusalCode(update(acme, { settings: { memberLimit: 9 } }, ada)),
    ).toBe("FORBIDDEN");
  });

  it("refuses what is not there", async () => {
    expect(await refusalCode(update("nowhere", { name: "X" }))).toBe(
      "GROUP_NOT_FOUND",
    );
    expect(await refusalCode(update(acme, { parentGroupId: "nowhere" }))).toBe(
      "GROUP_NOT_FOUND",
    );
  });
});

describe("group.delete", () => {
  it("hides the group and all below at once, and removes every row in time", async () => {
    const team = await newGroup(t, acme);
    const memberId = await join(t, team, grace);
    const { inviteId, token } = await t.mutation((ctx) =>
      auth.invite.create(ctx, { groupId: team }),
    );
    await remove(acme, ada);
    const visible = await t.query(async (ctx) => [
      await auth.group.get(ctx, acme),
      await auth.group.get(ctx, team),
      await auth.member.get(ctx, memberId),
      await auth.invite.get(ctx, inviteId),
      await auth.invite.token.get(ctx, token),
    ]);
    expect(visible).toEqual([null, null, null, null, null]);
    const status = () => t.query((ctx) => auth.group.deletionStatus(ctx, acme));
    expect(await status()).toMatchObject({ state: "running", groups: 0 });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await status()).toEqual({
      ...{ state: "done", startedTime: START },
      updatedTime: expect.any(Number),
      ...{ members: 2, totalMembers: 2, groups: 2, invites: 1 },
    });
  });

  it("refuses what is protected, the last team, and whoever may not", async () => {
    await update(acme, {
      settings: { deletionProtection: true, keepsLastTeam: true },
    });
    const team = await newGroup(t, acme, { type: "team" });
    await join(t, acme, grace);
    expect(await refusalCode(remove(acme))).toBe("GROUP_HAS_MEMBERS");
    expect(await refusalCode(remove(team))).toBe("LAST_TEAM");
    expect(await refusalCode(remove(team, grace))).toBe("FORBIDDEN");
    expect(await refusalCode(remove("nowhere"))).toBe("GROUP_NOT_FOUND");
  });

  it("can be taken back by an owner while the grace period lasts, and not afterwards", async () => {
    const settings = { deletionGraceMs: DAY };
    await update(acme, { settings });
    const restore = (actorUserId: string) =>
      t.mutation((ctx) => auth.group.restore(ctx, acme, { actorUserId }));
    expect(await refusalCode(restore(ada))).toBe("GROUP_NOT_FOUND");
    await remove(acme, ada);
    expect(await get(acme)).toBeNull();
    expect(
      await t.query((ctx) => auth.group.deletionStatus(ctx, acme)),
    ).toMatchObject({ state: "waiting" });
    expect(await refusalCode(restore(grace))).toBe("FORBIDDEN");
    await restore(ada);
    expect(await get(acme)).toMatchObject({ _id: acme });
    expect(
      await t.query((ctx) => auth.group.deletionStatus(ctx, acme)),
    ).toBeNull();
    await remove(acme, ada);
    pass(DAY);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await refusalCode(restore(ada))).toBe("GROUP_NOT_FOUND");
  });
});

describe("group.ancestors", () => {
  it("gives the groups above, nearest first, as far up as was asked", async () => {
    const team = await newGroup(t, acme);
    const deep = await newGroup(t, team);
    const above = async (options: object) => {
      const { ancestors, ...rest } = await t.query((ctx) =>
        auth.group.ancestors(ctx, { groupId: deep, ...options }),
      );
      return { ids: ancestors.map(({ _id }) => _id), ...rest };
    };
    const whole = { cycleDetected: false, maxDepthReached: false };
    expect(await above({})).toEqual({ ids: [team, acme], ...whole });
    expect(await above({ includeSelf: true })).toEqual({
      ...{ ids: [deep, team, acme], ...whole },
    });
    expect(await above({ maxDepth: 1 })).toEqual({
      ...{ ids: [team], cycleDetected: false, maxDepthReached: true },
    });
    expect(await above({ groupId: "nowhere" })).toEqual({ ids: [], ...whole });
  });
});

describe("the audit trail of a group", () => {
  it("keeps what a refused actor tried, where an action asks", async () => {
    const attempt = t.action((ctx) =>
      auth.group.delete(ctx, acme, { actorUserId: grace }),
    );
    expect(await refusal(attempt)).toMatchObject({ code: "FORBIDDEN" });
    expect(await eventsIn(t, acme)).toEqual([
      ...["groupCreated", "groupDeleted: FORBIDDEN"],
    ]);
  });
});
