import type { MemberChange, NewMember } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deploy, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import {
  ban,
  join,
  newGroup,
  newOrganization,
  newUser,
  setSecondFactor,
} from "./fixture/groups.js";
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

const add = (member: Omit<NewMember, "groupId"> & { groupId?: string }) =>
  t.mutation((ctx) => auth.member.add(ctx, { groupId: acme, ...member }));

const get = (memberId: string) =>
  t.query((ctx) => auth.member.get(ctx, memberId));

const find = (userId: string, groupId: string) =>
  t.query((ctx) => auth.member.getByUserAndGroup(ctx, { userId, groupId }));

const update = (memberId: string, data: MemberChange, actorUserId?: string) =>
  t.mutation((ctx) =>
    auth.member.update(
      ...([ctx, memberId, data] as const),
      ...(actorUserId === undefined ? [] : [{ actorUserId }]),
    ),
  );

const remove = (memberId: string, actorUserId?: string) =>
  t.mutation((ctx) =>
    auth.member.remove(
      ...([ctx, memberId] as const),
      ...(actorUserId === undefined ? [] : [{ actorUserId }]),
    ),
  );

const settle = (settings: { memberLimit?: number }) =>
  t.mutation((ctx) => auth.group.update(ctx, acme, { settings }));

describe("member.add", () => {
  it("answers the id of a membership that is as it was asked for", async () => {
    const memberId = await add({
      ...{ userId: grace, roles: ["Editor", "viewer"], status: "invited" },
      extend: { seat: 7 },
    });
    const expected = {
      ...{ _id: memberId, _creationTime: expect.any(Number) },
      ...{ groupId: acme, userId: grace, status: "invited" },
      ...{ role: "editor", roles: ["editor", "viewer"], roleIds: [] },
      ...{ isOwner: false, extend: { seat: 7 } },
    };
    expect(await get(memberId)).toEqual(expected);
    expect(await find(grace, acme)).toEqual(expected);
  });

  it("gives the role `member` and the status `active` where none is named", async () => {
    expect(await get(await add({ userId: grace }))).toMatchObject({
      ...{ roles: ["member"], role: "member", status: "active" },
    });
  });

  it("takes one role by `role`, and not both ways at once", async () => {
    const both = { role: "viewer", roles: ["viewer"] };
    expect(await refusalCode(add({ userId: grace, ...both }))).toBe(
      "INVALID_PARAMETERS",
    );
    const memberId = await add({ userId: grace, role: "viewer" });
    expect(await get(memberId)).toMatchObject({ roles: ["viewer"] });
  });

  it("refuses a second membership, also when two are made at the same time", async () => {
    const attempts = await Promise.allSettled([
      add({ userId: grace }),
      add({ userId: grace }),
    ]);
    expect(attempts.map(({ status }) => status).sort()).toEqual([
      ...["fulfilled", "rejected"],
    ]);
    expect(await refusalCode(add({ userId: grace }))).toBe(
      "DUPLICATE_MEMBERSHIP",
    );
  });

  it("refuses a group, a user or a role that is not there, and what is over the limit", async () => {
    const codes = [
      add({ userId: grace, groupId: "nowhere" }),
      add({ userId: "nobody" }),
      add({ userId: grace, role: "pilot" }),
      add({ userId: grace, status: "not a word" }),
    ].map(refusalCode);
    expect(await Promise.all(codes)).toEqual([
      ...["GROUP_NOT_FOUND", "USER_NOT_FOUND", "ROLE_NOT_FOUND"],
      "INVALID_PARAMETERS",
    ]);
    await settle({ memberLimit: 1 });
    expect(await refusalCode(add({ userId: grace }))).toBe(
      "MEMBER_LIMIT_REACHED",
    );
  });

  it("by an actor needs `member:create` and a second factor where one is asked for", async () => {
    const eve = await newUser(t, "eve");
    const memberId = await join(t, acme, grace);
    const hire = () => add({ userId: eve, actorUserId: grace });
    expect(await refusalCode(hire())).toBe("FORBIDDEN");
    await update(memberId, { role: "admin" });
    await t.mutation((ctx) =>
      auth.group.update(ctx, acme, { settings: { requireSecondFactor: true } }),
    );
    expect(await refusalCode(hire())).toBe("SECOND_FACTOR_REQUIRED");
    await setSecondFactor(t, grace, START);
    expect(await get(await hire())).toMatchObject({ userId: eve });
  });
});

describe("member.update", () => {
  it("merges: what is not named stays as it is", async () => {
    const memberId = await add({ userId: grace, extend: { seat: 7 } });
    await update(memberId, { roles: ["viewer", "editor"] });
    await update(memberId, { status: "suspended" });
    expect(await get(memberId)).toMatchObject({
      ...{ roles: ["viewer", "editor"], role: "viewer", status: "suspended" },
      extend: { seat: 7 },
    });
  });

  it("refuses what is not there, and roles above the actor's own", async () => {
    const memberId = await join(t, acme, grace, "recruiter");
    const eve = await join(t, acme, await newUser(t, "eve"));
    const codes = [
      update("nobody", { role: "viewer" }),
      update(eve, { role: "pilot" }),
      update(eve, { roles: [] }),
      update(eve, { role: "editor" }, grace),
      update(memberId, { role: "owner" }, grace),
    ].map(refusalCode);
    expect(await Promise.all(codes)).toEqual([
      ...["MEMBER_NOT_FOUND", "ROLE_NOT_FOUND", "INVALID_PARAMETERS"],
      ...["FORBIDDEN", "FORBIDDEN"],
    ]);
  });
});

describe("the last owner", () => {
  it("cannot leave, be removed, demoted or suspended, not even by the app", async () => {
    const own = (await find(ada, acme))!._id;
    await join(t, acme, grace, "admin");
    const leave = t.mutation((ctx) =>
      auth.member.leave(ctx, { userId: ada, groupId: acme }),
    );
    const codes = [
      ...[leave, remove(own), remove(own, ada)],
      ...[update(own, { role: "member" }), update(own, { status: "away" })],
      t.mutation((ctx) => auth.user.remove(ctx, ada)),
    ].map(refusalCode);
    expect(new Set(await Promise.all(codes))).toEqual(new Set(["LAST_OWNER"]));
    expect(await find(ada, acme)).toMatchObject({ isOwner: true });
  });

  it("may go as soon as there is another one, but not both at once", async () => {
    await join(t, acme, grace, "owner");
    const leave = (userId: string) =>
      t.mutation((ctx) => auth.member.leave(ctx, { userId, groupId: acme }));
    const attempts = await Promise.allSettled([leave(ada), leave(grace)]);
    expect(attempts.map(({ status }) => status).sort()).toEqual([
      ...["fulfilled", "rejected"],
    ]);
    expect(await t.query((ctx) => auth.group.counts(ctx, acme))).toMatchObject({
      members: 1,
    });
  });
});

describe("member.remove and member.leave", () => {
  it("take away all memberships below an organization, too, and who is gone may come again", async () => {
    const team = await newGroup(t, acme);
    const memberId = await join(t, acme, grace);
    await join(t, team, grace);
    await remove(memberId, ada);
    expect([await get(memberId), await find(grace, team)]).toEqual([
      ...[null, null],
    ]);
    expect(await refusalCode(remove(memberId))).toBe("MEMBER_NOT_FOUND");
    await join(t, acme, grace);
    await t.mutation((ctx) =>
      auth.member.leave(ctx, { userId: grace, groupId: acme }),
    );
    expect(await find(grace, acme)).toBeNull();
  });

  it("refuse who may not, and a membership that is not there", async () => {
    const memberId = await join(t, acme, grace);
    const eve = await newUser(t, "eve");
    expect(await refusalCode(remove(memberId, eve))).toBe("FORBIDDEN");
    expect(
      await refusalCode(
        t.mutation((ctx) =>
          auth.member.leave(ctx, { userId: eve, groupId: acme }),
        ),
      ),
    ).toBe("MEMBER_NOT_FOUND");
    await remove(memberId, grace);
    expect(await find(grace, acme)).toBeNull();
  });

  it("a user who is removed is in no list any more", async () => {
    const memberId = await join(t, acme, grace);
    await t.mutation((ctx) => auth.user.remove(ctx, grace));
    const list = () =>
      t.query((ctx) => auth.member.list(ctx, { where: { groupId: acme } }));
    expect([await get(memberId), (await list()).items.length]).toEqual([
      ...[null, 1],
    ]);
  });

  it("the removal of a user with many memberships goes on, and says how far it is", async () => {
    const status = (userId: string) =>
      t.query((ctx) => auth.user.removalStatus(ctx, userId));
    for (let index = 0; index <= 50; index += 1) {
      await join(t, await newGroup(t, acme), grace);
    }
    await t.mutation((ctx) => auth.user.remove(ctx, grace));
    expect(await status(grace)).toMatchObject({ state: "running", members: 0 });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await status(grace)).toMatchObject({ state: "done", members: 51 });
    expect(await status(ada)).toBeNull();
  });
});

describe("member.inherit and member.require", () => {
  const question = (userId: string, groupId: string, rest = {}) => ({
    ...{ userId, groupId, ...rest },
  });
  const inherit = (...of: Parameters<typeof question>) =>
    t.query((ctx) => auth.member.inherit(ctx, question(...of)));
  const require = (...of: Parameters<typeof question>) =>
    t.query((ctx) => auth.member.require(ctx, question(...of)));

  it("find the direct membership, else that of the nearest group above", async () => {
    const team = await newGroup(t, acme);
    const deep = await newGroup(t, team);
    const membership = await get(await join(t, team, grace, "editor"));
    const rest = { cycleDetected: false, maxDepthReached: false };
    expect(await inherit(grace, deep)).toEqual({
      ...{ requestedGroupId: deep, matchedGroupId: team, membership },
      ...{ depth: 1, isDirect: false, isInherited: true, ...rest },
      ...{ traversedGroupIds: [deep, team], secondFactorRequired: false },
    });
    const direct = { matchedGroupId: team, membership, depth: 0 };
    expect(await require(grace, team)).toEqual({
      ...{ ...direct, isDirect: true, isInherited: false },
    });
    expect(await inherit(ada, deep, { roles: ["owner"] })).toMatchObject({
      ...{ matchedGroupId: acme, depth: 2 },
    });
    expect(await inherit(grace, acme)).toEqual({
      ...{ requestedGroupId: acme, matchedGroupId: null, membership: null },
      ...{ depth: null, isDirect: false, isInherited: false, ...rest },
      ...{ traversedGroupIds: [acme], secondFactorRequired: false },
    });
  });

  it("match only the roles that were named, and as many levels as were asked for", async () => {
    const team = await newGroup(t, acme);
    await join(t, acme, grace, "editor");
    await join(t, team, grace, "viewer");
    const editor = { roles: ["editor"] };
    expect(await require(grace, team, editor)).toMatchObject({
      ...{ matchedGroupId: acme, isInherited: true },
    });
    const near = { ...editor, maxDepth: 0 };
    expect(await inherit(grace, team, near)).toMatchObject({
      ...{ membership: null, maxDepthReached: true },
    });
    for (const rest of [near, { roles: [] }, { roles: ["pilot"] }]) {
      expect(await refusalCode(require(grace, team, rest))).toBe("FORBIDDEN");
    }
  });

  it("count for nothing what is not active, and nobody who is banned", async () => {
    const memberId = await join(t, acme, grace, "editor");
    await update(memberId, { status: "suspended" });
    expect(await refusalCode(require(grace, acme))).toBe("FORBIDDEN");
    await update(memberId, { status: "active" });
    await require(grace, acme);
    await ban(t, grace);
    expect(await refusalCode(require(grace, acme))).toBe("FORBIDDEN");
    expect(await refusalCode(require("nobody", acme))).toBe("FORBIDDEN");
    expect(await refusalCode(require(ada, "nowhere"))).toBe("FORBIDDEN");
  });

  it("say that only a second factor is lacking, and only to members", async () => {
    await t.mutation((ctx) =>
      auth.group.update(ctx, acme, { settings: { requireSecondFactor: true } }),
    );
    expect(await inherit(ada, acme)).toMatchObject({
      ...{ membership: null, secondFactorRequired: true },
    });
    expect(await refusalCode(require(ada, acme))).toBe(
      "SECOND_FACTOR_REQUIRED",
    );
    expect(await refusalCode(require(grace, acme))).toBe("FORBIDDEN");
    await setSecondFactor(t, ada, START);
    expect(await require(ada, acme)).toMatchObject({ isDirect: true });
  });
});
