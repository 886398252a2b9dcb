import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  from,
  outcome,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  CONFIG,
  done,
  group,
  inherited,
  join,
  organization,
  person,
} from "./fixture/groups.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

type Data = FunctionArgs<typeof api.groupWrite.update>["data"];

/** Tries to change a group. */
async function change(groupId: string, data: Data, actorUserId?: string) {
  return await t.mutation(api.groupWrite.update, {
    ...{ config: CONFIG, groupId, data },
    ...(actorUserId === undefined ? {} : { actorUserId }),
  });
}

/** Tries to create a group. */
async function create(
  fields: Partial<FunctionArgs<typeof api.groupWrite.create>>,
) {
  return await t.mutation(api.groupWrite.create, {
    ...{ config: CONFIG, name: "Group", ...fields },
  });
}

const get = (groupId: string) => t.query(api.group.read.get, { groupId });
const counts = (groupId: string) => t.query(api.group.read.counts, { groupId });

/** The labels by which a group is found. */
async function tagsOf(groupId: Id<"Group">) {
  return await t.run((ctx) =>
    ctx.db
      .query("GroupTag")
      .withIndex("groupId", (q) => q.eq("groupId", groupId))
      .collect(),
  );
}

/** The slugs that are reserved for a group. */
async function slugsOf(groupId: Id<"Group">): Promise<string[]> {
  const rows = await t.run((ctx) =>
    ctx.db
      .query("GroupSlug")
      .withIndex("groupId", (q) => q.eq("groupId", groupId))
      .collect(),
  );
  return rows.map((row) => row.slug);
}

/** How high the trees below groups are. */
async function heights(...ids: Id<"Group">[]) {
  return await Promise.all(ids.map(async (id) => (await get(id))?.height));
}

/** Groups below each other, the highest first. */
async function chain(length: number, top?: Id<"Group">) {
  const ids: Id<"Group">[] = [];
  let parent = top;
  for (let level = 0; level < length; level += 1) {
    parent = await group(t, parent, { name: `Level ${level}` });
    ids.push(parent);
  }
  return ids;
}

describe("creating a group", () => {
  it("stores what the app has given, normalised", async () => {
    const { groupId } = done(
      await create({
        ...{ name: " Acme ", slug: "Acme", type: "company" },
        ...{ tags: [{ key: "region", value: "eu" }], extend: { plan: 7n } },
        ...{ settings: { inviteLifetimeMs: DAY }, actorUserId: ada },
      }),
    );
    expect(await get(groupId)).toMatchObject({
      ...{ name: "Acme", slug: "acme", type: "company", isRoot: true },
      ...{ height: 0, tags: [{ key: "region", value: "eu" }] },
      settings: { inviteLifetimeMs: DAY },
      createdByUserId: ada,
      extend: { plan: 7n },
    });
    const stored = await get(groupId);
    expect(await tagsOf(groupId)).toMatchObject([
      { key: "region", value: "eu", groupTime: stored?._creationTime },
    ]);
  });

  it("makes who creates an organization its owner, and nobody the owner of a group below", async () => {
    const acme = await organization(t, ada);
    expect(await counts(acme)).toEqual({
      ...{ members: 1, pendingInvites: 0, teams: 0, roles: 0 },
    });
    expect((await inherited(t, ada, acme)).membership).toMatchObject({
      ...{ roles: ["owner"], isOwner: true, status: "active" },
    });
    const below = await group(t, acme, { actorUserId: ada });
    expect(await counts(below)).toMatchObject({ members: 0 });
    expect(await inherited(t, ada, below)).toMatchObject({
      ...{ isInherited: true, matchedGroupId: acme },
    });
    expect(await events(t)).toEqual(["groupCreated", "groupCreated"]);
  });

  it("counts teams, and nothing else, in the group above", async () => {
    const acme = await organization(t);
    await group(t, acme, { type: "team" });
    await group(t, acme, { type: "department" });
    const below = await group(t, acme, { type: "team" });
    await group(t, below, { type: "team" });
    expect(await counts(acme)).toMatchObject({ teams: 2 });
    expect(await counts(below)).toMatchObject({ teams: 1 });
  });

  it("stores nothing and records nothing when an argument is not valid", async () => {
    expect(outcome(await create({ name: "" }))).toBe("INVALID_PARAMETERS");
    expect(outcome(await create({ parentGroupId: "nowhere" }))).toBe(
      "GROUP_NOT_FOUND",
    );
    expect((await t.run((ctx) => ctx.db.query("Group").collect())).length).toBe(
      0,
    );
    expect(await events(t)).toEqual([]);
  });

  it("records who was refused, from where, in which group", async () => {
    const acme = await organization(t, ada);
    const grace = await person(t, "grace");
    const answer = await from(t, "192.0.2.1").mutation(api.groupWrite.create, {
      ...{ config: CONFIG, name: "Team", parentGroupId: acme },
      actorUserId: grace,
    });
    expect(outcome(answer)).toBe("FORBIDDEN");
    const event = await t.run((ctx) =>
      ctx.db.query("AuditEvent").order("desc").first(),
    );
    expect(event).toMatchObject({
      ...{ event: "groupCreated", outcome: "refused", code: "FORBIDDEN" },
      ...{ actorUserId: grace, groupId: acme, ipAddress: "192.0.2.1" },
    });
    const page = { groupId: acme, limit: 10, cursor: null };
    const { items } = await t.query(api.audit.list, page);
    expect(items.map((item) => item.outcome)).toEqual(["refused", "success"]);
    const other = await organization(t);
    expect(
      (await t.query(api.audit.list, { ...page, groupId: other })).items,
    ).toHaveLength(1);
  });
});

describe("the slug of a group", () => {
  it("is its own among groups with one parent", async () => {
    const acme = await organization(t, undefined, { slug: "acme" });
    expect(outcome(await create({ slug: "ACME" }))).toBe("SLUG_ALREADY_TAKEN");
    await group(t, acme, { slug: "acme" });
    expect(outcome(await create({ slug: "acme", parentGroupId: acme }))).toBe(
      "SLUG_ALREADY_TAKEN",
    );
  });

  it("stays reserved for the group after a change, and can be taken back", async () => {
    const acme = await organization(t, undefined, { slug: "acme" });
    done(await change(acme, { slug: "acme-inc" }));
    expect(outcome(await create({ slug: "acme" }))).toBe("SLUG_ALREADY_TAKEN");
    const other = await organization(t, undefined, { slug: "other" });
    expect(outcome(await change(other, { slug: "acme" }))).toBe(
      "SLUG_ALREADY_TAKEN",
    );
    done(await change(acme, { slug: "acme" }));
    done(await change(acme, { slug: null }));
    expect(await get(acme)).not.toHaveProperty("slug");
    expect(outcome(await create({ slug: "acme" }))).toBe("SLUG_ALREADY_TAKEN");
    expect(await slugsOf(acme)).toHaveLength(2);
  });

  it("is reserved where the group has been moved, too", async () => {
    const [acme, zen] = [await organization(t), await organization(t)];
    const team = await group(t, acme, { slug: "red" });
    const taken = await group(t, zen, { slug: "red" });
    expect(outcome(await change(team, { parentGroupId: zen }))).toBe(
      "SLUG_ALREADY_TAKEN",
    );
    done(await change(team, { parentGroupId: zen, slug: "crimson" }));
    const again = { slug: "crimson", parentGroupId: zen };
    expect(outcome(await create(again))).toBe("SLUG_ALREADY_TAKEN");
    const back = { slug: "red", parentGroupId: acme };
    expect(outcome(await create(back))).toBe("SLUG_ALREADY_TAKEN");
    expect(await get(taken)).toMatchObject({ slug: "red" });
  });

  it("does not let one group reserve any number of slugs", async () => {
    const acme = await organization(t, undefined, { slug: "s-0" });
    for (let index = 1; index <= 40; index += 1) {
      done(await change(acme, { slug: `s-${index}` }));
    }
    const slugs = await slugsOf(acme);
    expect(slugs).toHaveLength(32);
    expect(slugs.at(-1)).toBe("s-40");
    expect(outcome(await create({ slug: "s-0" }))).toBe("done");
    expect(outcome(await create({ slug: "s-9" }))).toBe("SLUG_ALREADY_TAKEN");
  });
});

describe("changing a group", () => {
  it("changes what is named, and nothing else", async () => {
    const acme = await organization(t, undefined, {
      ...{ name: "Acme", slug: "acme", type: "company", extend: { a: 1 } },
      ...{ tags: [{ key: "a", value: "1" }], settings: { memberLimit: 5 } },
    });
    done(await change(acme, { settings: { teamLimit: 3 } }));
    done(await change(acme, { name: "Acme Inc." }));
    expect(await get(acme)).toMatchObject({
      ...{ name: "Acme Inc.", slug: "acme", type: "company", extend: { a: 1 } },
      tags: [{ key: "a", value: "1" }],
      settings: { memberLimit: 5, teamLimit: 3 },
    });
    const tags = [{ key: "b", value: "2" }];
    done(await change(acme, { type: null, tags, extend: { b: 2 } }));
    const stored = await get(acme);
    expect(stored).toMatchObject({ tags, extend: { b: 2 } });
    expect(stored).not.toHaveProperty("type");
    expect(await tagsOf(acme)).toMatchObject(tags);
  });

  it("counts a group that becomes a team, or is one no more", async () => {
    const acme = await organization(t);
    const below = await group(t, acme);
    done(await change(below, { type: "team" }));
    expect(await counts(acme)).toMatchObject({ teams: 1 });
    done(await change(below, { name: "Still a team" }));
    done(await change(below, { type: null }));
    expect(await counts(acme)).toMatchObject({ teams: 0 });
  });

  it("is refused for a group that is not there", async () => {
    expect(outcome(await change("nowhere", { name: "X" }))).toBe(
      "GROUP_NOT_FOUND",
    );
  });
});

describe("moving a group", () => {
  it("takes all below along in one transaction that writes a few rows", async () => {
    const acme = await organization(t);
    const department = await group(t, acme, { name: "Department" });
    const zen = await organization(t);
    const team = await group(t, department, { type: "team" });
    await t.run(async (ctx) => {
      for (let index = 0; index < 1_000; index += 1) {
        await ctx.db.insert("Group", {
          ...{ name: `Group ${index}`, parentGroupId: department, tags: [] },
          ...{ isRoot: false, height: 0 },
        });
      }
    });
    await join(t, zen, ada, ["admin"]);
    const written = await t.mutation(async (ctx) => {
      await ctx.runMutation(api.groupWrite.update, {
        ...{ config: CONFIG, groupId: department },
        data: { parentGroupId: zen },
      });
      return (await ctx.meta.getTransactionMetrics()).documentsWritten.used;
    });
    expect(written).toBeLessThan(10);
    expect(await inherited(t, ada, team)).toMatchObject({
      ...{ matchedGroupId: zen, depth: 2 },
    });
    const { ancestors } = await t.query(api.groupAncestors.list, {
      groupId: team,
    });
    expect(ancestors.map((one) => one._id)).toEqual([department, zen]);
  });

  it("makes an organization of a group, and back", async () => {
    const acme = await organization(t);
    const team = await group(t, acme, { type: "team" });
    done(await change(team, { parentGroupId: null }));
    expect(await get(team)).toMatchObject({ isRoot: true });
    expect(await get(team)).not.toHaveProperty("parentGroupId");
    expect(await counts(acme)).toMatchObject({ teams: 0 });
    done(await change(team, { parentGroupId: acme }));
    expect(await get(team)).toMatchObject({ isRoot: false });
    expect(await counts(acme)).toMatchObject({ teams: 1 });
  });

  it("never puts a group below itself", async () => {
    const [top, middle, bottom] = await chain(3);
    for (const target of [top, middle, bottom]) {
      expect(outcome(await change(top!, { parentGroupId: target! }))).toBe(
        "GROUP_CYCLE",
      );
    }
    const answers = await Promise.all([
      change(middle!, { parentGroupId: null }),
      change(top!, { parentGroupId: bottom! }),
    ]);
    expect(answers.map(outcome)).toContain("done");
    const { cycleDetected } = await t.query(api.groupAncestors.list, {
      groupId: bottom!,
    });
    expect(cycleDetected).toBe(false);
  });

  it("keeps the heights right, up to the organization", async () => {
    const [root, left] = await chain(2);
    const [right, deep, deeper] = await chain(3, root);
    expect(await heights(root!, left!, right!, deep!, deeper!)).toEqual([
      ...[3, 0, 2, 1, 0],
    ]);
    done(await change(deep!, { parentGroupId: left! }));
    expect(await heights(root!, left!, right!, deep!)).toEqual([3, 2, 0, 1]);
    done(await change(left!, { parentGroupId: null }));
    expect(await heights(root!, left!, right!)).toEqual([1, 2, 0]);
    done(
      await t.mutation(api.groupDeletion.remove, {
        ...{ config: CONFIG, groupId: deeper! },
      }),
    );
    expect(await heights(left!, deep!)).toEqual([1, 0]);
  });

  it("lets groups be nested 32 levels deep, and no deeper", async () => {
    const ids = await chain(33);
    expect(outcome(await create({ parentGroupId: ids.at(-1)! }))).toBe(
      "GROUP_TOO_DEEP",
    );
    const [top] = await chain(2);
    expect(outcome(await change(top!, { parentGroupId: ids[31]! }))).toBe(
      "GROUP_TOO_DEEP",
    );
    done(await change(top!, { parentGroupId: ids[30]! }));
    const { ancestors, maxDepthReached } = await t.query(
      api.groupAncestors.list,
      { groupId: ids.at(-1)! },
    );
    expect(ancestors).toHaveLength(32);
    expect(maxDepthReached).toBe(false);
  });
});

describe("the groups above a group", () => {
  it("come nearest first, with or without the group, down to a depth", async () => {
    const [top, middle, bottom] = await chain(3);
    const list = async (options: {
      maxDepth?: number;
      includeSelf?: boolean;
    }) => {
      const answer = await t.query(api.groupAncestors.list, {
        ...{ groupId: bottom!, ...options },
      });
      return [
        answer.ancestors.map((group) => group._id),
        answer.maxDepthReached,
      ];
    };
    expect(await list({})).toEqual([[middle, top], false]);
    expect(await list({ includeSelf: true })).toEqual([
      ...[[bottom, middle, top], false],
    ]);
    expect(await list({ maxDepth: 1 })).toEqual([[middle], true]);
    const none = await t.query(api.groupAncestors.list, { groupId: "none" });
    expect(none.ancestors).toEqual([]);
  });
});
