import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { api, deploy, useFrozenClock } from "./fixture/backend.js";
import {
  change,
  CONFIG,
  done,
  group,
  inherited,
  join,
  may,
  organization,
  person,
  readsOf,
} from "./fixture/groups.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let grace: Id<"User">;

beforeEach(async () => {
  t = deploy();
  grace = await person(t, "grace");
});

/** An organization with groups below each other, the lowest one first. */
async function chain(levels: number): Promise<Id<"Group">[]> {
  const groups = [await organization(t)];
  while (groups.length < levels) {
    groups.unshift(await group(t, groups[0]));
  }
  return groups;
}

describe("the membership that counts in a group", () => {
  it("is the one in the group itself, with the app's own data", async () => {
    const [team, acme] = await chain(2);
    await join(t, acme!, grace);
    const { memberId } = done(
      await t.mutation(api.memberWrite.add, {
        ...{ config: CONFIG, groupId: team!, userId: grace },
        extend: { seats: [1, 2n, new ArrayBuffer(2)] },
      }),
    );
    const found = await inherited(t, grace, team!);
    expect(found).toEqual({
      ...{ requestedGroupId: team, matchedGroupId: team, depth: 0 },
      membership: await t.query(api.member.read.get, { memberId }),
      ...{ isDirect: true, isInherited: false, traversedGroupIds: [team] },
      ...{ cycleDetected: false, maxDepthReached: false },
      secondFactorRequired: false,
    });
    expect(found.membership?.extend).toEqual({
      seats: [1, 2n, new ArrayBuffer(2)],
    });
  });

  it("is else that of the nearest group above", async () => {
    const [lowest, middle, upper, root] = await chain(4);
    await join(t, root!, grace);
    const memberId = await join(t, upper!, grace);
    expect(await inherited(t, grace, lowest!)).toMatchObject({
      ...{ matchedGroupId: upper, membership: { _id: memberId }, depth: 2 },
      ...{ isDirect: false, isInherited: true },
      traversedGroupIds: [lowest, middle, upper],
    });
  });

  it("never comes from a group below or beside", async () => {
    const [team, acme] = await chain(2);
    const beside = await group(t, acme);
    await join(t, team!, grace, ["owner"]);
    for (const groupId of [acme!, beside]) {
      expect(await inherited(t, grace, groupId)).toMatchObject({
        ...{ matchedGroupId: null, membership: null, depth: null },
        ...{ isDirect: false, isInherited: false },
      });
    }
  });

  it("has one of the roles that are asked for, so it may be further up", async () => {
    const [team, acme] = await chain(2);
    await join(t, team!, grace, ["member"]);
    await join(t, acme!, grace, ["admin", "developer"]);
    const ask = async (roles: string[]) => {
      const found = await t.query(api.memberInherit.inherit, {
        ...{ userId: grace, groupId: team!, roles },
      });
      return found.matchedGroupId;
    };
    expect(await ask(["developer"])).toBe(acme);
    expect(await ask(["member", "developer"])).toBe(team);
    expect(await ask(["owner"])).toBeNull();
    expect(await ask([])).toBeNull();
  });

  it("is not looked for above `maxDepth`, and that is said", async () => {
    const [lowest, , , root] = await chain(4);
    await join(t, root!, grace);
    const ask = async (maxDepth: number) =>
      await t.query(api.memberInherit.inherit, {
        ...{ userId: grace, groupId: lowest!, maxDepth },
      });
    expect(await ask(2)).toMatchObject({
      ...{ membership: null, maxDepthReached: true },
    });
    expect(await ask(3)).toMatchObject({
      ...{ matchedGroupId: root, maxDepthReached: false },
    });
  });

  it("is none for users and groups that are not there", async () => {
    const [acme] = await chain(1);
    await join(t, acme!, grace);
    for (const [userId, groupId] of [
      ["nonsense", acme!],
      [grace, "nonsense"],
      [acme!, grace],
    ] as const) {
      expect((await inherited(t, userId, groupId)).membership).toBeNull();
    }
    await t.run((ctx) => ctx.db.delete("User", grace));
    expect((await inherited(t, grace, acme!)).membership).toBeNull();
  });

  it("is none in a group below a deleted one", async () => {
    const [lowest, middle] = await chain(3);
    await join(t, lowest!, grace, ["developer"]);
    await t.run((ctx) => ctx.db.patch("Group", middle!, { deletedTime: 1 }));
    expect((await inherited(t, grace, lowest!)).membership).toBeNull();
    expect(await may(t, grace, lowest!, "project:read")).toBe("FORBIDDEN");
    expect(
      await t.query(api.member.read.getByUserAndGroup, {
        ...{ userId: grace, groupId: lowest! },
      }),
    ).toBeNull();
  });

  it("is none of a user without a second factor where the organization asks for one", async () => {
    const acme = await organization(t, undefined, {
      settings: { requireSecondFactor: true },
    });
    const team = await group(t, acme);
    await join(t, team, grace, ["developer"]);
    expect(await inherited(t, grace, team)).toMatchObject({
      ...{ membership: null, secondFactorRequired: true },
    });
    expect(await may(t, grace, team, "project:read")).toBe(
      "SECOND_FACTOR_REQUIRED",
    );
    await t.run((ctx) => ctx.db.patch("User", grace, { secondFactorTime: 1 }));
    expect((await inherited(t, grace, team)).matchedGroupId).toBe(team);
    expect(await may(t, grace, team, "project:read")).toBe("allowed");
  });
});

describe("what a question about a user in a group reads", () => {
  const questions = {
    inherit: async (groupId: Id<"Group">) =>
      await readsOf(t, (ctx) =>
        ctx.runQuery(api.memberInherit.inherit, { userId: grace, groupId }),
      ),
    check: async (groupId: Id<"Group">) =>
      await readsOf(t, (ctx) =>
        ctx.runQuery(api.permission.check, {
          ...{ config: CONFIG, userId: grace, groupId },
          request: { resources: [{ resource: "project", actions: ["read"] }] },
        }),
      ),
  };

  it.each(["inherit", "check"] as const)(
    "%s: the user, and a group and a membership for each level",
    async (question) => {
      const groups = await chain(9);
      await join(t, groups.at(-1)!, grace);
      for (const [level, groupId] of groups.entries()) {
        const depth = groups.length - level;
        expect(await questions[question](groupId)).toEqual({
          rows: 1 + depth + 1,
          ranges: 1 + 2 * depth,
        });
      }
    },
  );

  it.each(["inherit", "check"] as const)(
    "%s: no more in a large group, for a user of many groups",
    async (question) => {
      const [team, acme] = await chain(2);
      await join(t, acme!, grace);
      const before = await questions[question](team!);
      const others = await Promise.all(
        Array.from({ length: 60 }, (_, index) => person(t, `user${index}`)),
      );
      for (const other of others) {
        await join(t, acme!, other);
        await join(t, team!, other);
        await join(t, await organization(t), grace, ["admin"]);
        await group(t, acme);
      }
      expect(await questions[question](team!)).toEqual(before);
    },
  );

  it("the roles of the organization's own only if a membership names them", async () => {
    const [acme] = await chain(1);
    for (const role of ["pilot", "navigator", "cook"]) {
      done(
        await t.mutation(api.roleWrite.create, {
          ...{ config: CONFIG, groupId: acme!, role, permissions: [] },
        }),
      );
    }
    const memberId = await join(t, acme!, grace);
    const before = await questions.check(acme!);
    done(await change(t, memberId, { roles: ["member", "pilot", "cook"] }));
    expect(await questions.check(acme!)).toEqual({
      ...{ rows: before.rows + 2, ranges: before.ranges + 2 },
    });
  });
});
