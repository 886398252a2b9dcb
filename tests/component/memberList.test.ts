import { ConvexError } from "convex/values";
import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import { api, deploy, useFrozenClock } from "./fixture/backend.js";
import {
  add,
  change,
  done,
  group,
  organization,
  person,
  readsOf,
} from "./fixture/groups.js";
import { inventedCursors, readAll, type Cut } from "./fixture/pages.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let acme: Id<"Group">;
let team: Id<"Group">;
let people: Id<"User">[];

const ROLES = [["member"], ["admin", "developer"], ["developer"]];
const STATUSES = ["active", "suspended"];

/** Twelve people in an organization, half of them in a team, with all mixes. */
beforeEach(async () => {
  t = deploy();
  acme = await organization(t);
  team = await group(t, acme);
  people = [];
  for (let index = 0; index < 12; index += 1) {
    const userId = await person(t, `user${index}`);
    people.push(userId);
    const fields = {
      roles: ROLES[index % ROLES.length]!,
      status: STATUSES[Math.floor(index / 3) % STATUSES.length]!,
    };
    done(await add(t, acme, userId, fields));
    if (index % 2 === 0) {
      done(await add(t, team, userId, fields));
    }
  }
});

type Arguments = FunctionArgs<typeof api.member.list.list>;
type Where = Arguments["where"];

const list =
  (where: Where = {}, orderBy: Arguments["orderBy"] = "_creationTime") =>
  async (cut: Cut) =>
    await t.query(api.member.list.list, { where, orderBy, ...cut });

/** All memberships, in the order in which they were made. */
async function everything(): Promise<Doc<"GroupMember">[]> {
  return await t.run((ctx) => ctx.db.query("GroupMember").collect());
}

function matching(rows: Doc<"GroupMember">[], where: Where) {
  return rows.filter(
    (row) =>
      (where.groupId === undefined || row.groupId === where.groupId) &&
      (where.userId === undefined || row.userId === where.userId) &&
      (where.role === undefined || row.roles.includes(where.role)) &&
      (where.status === undefined || row.status === where.status),
  );
}

/** Every combination of the conditions with a group, or without. */
function combinations(groupId: Id<"Group"> | undefined): Where[] {
  return [undefined, people[2]!, people[3]!].flatMap((userId) =>
    [undefined, "developer", "owner"].flatMap((role) =>
      [undefined, "suspended"].map((status) => ({
        ...(groupId && { groupId }),
        ...(userId && { userId }),
        ...(role && { role }),
        ...(status && { status }),
      })),
    ),
  );
}

describe("a list of memberships", () => {
  it.each([
    ["anywhere", () => undefined],
    ["in an organization", () => acme],
    ["in a team", () => team],
  ])(
    "%s has those that meet all conditions, in the order in which they were made",
    async (_, place) => {
      const all = await everything();
      expect(all).toHaveLength(18);
      for (const where of combinations(place())) {
        const rows = matching(all, where);
        const name = JSON.stringify(where);
        for (const limit of [100, 4]) {
          expect(await readAll(list(where), limit), name).toEqual(rows);
        }
        expect(await readAll(list(where), 3, "desc"), name).toEqual(
          rows.toReversed(),
        );
      }
    },
  );

  it("comes in that order by role, too, whenever the roles were given", async () => {
    const first = (await everything())[0]!;
    done(await change(t, first._id, { roles: ["developer"] }));
    const expected = matching(await everything(), { role: "developer" });
    expect(expected[0]?._id).toBe(first._id);
    expect(await readAll(list({ role: "Developer" }), 2)).toEqual(expected);
  });

  it.each(["role", "status"] as const)(
    "comes by %s if that is asked for",
    async (field) => {
      for (const where of [{}, { groupId: acme }]) {
        const expected = matching(await everything(), where)
          .map((row) => row[field])
          .sort();
        for (const limit of [100, 5]) {
          const rows = await readAll(list(where, field), limit);
          expect(rows.map((row) => row[field])).toEqual(expected);
          expect(new Set(rows.map((row) => row._id)).size).toBe(rows.length);
        }
        const last = await readAll(list(where, field), 5, "desc");
        expect(last.map((row) => row[field])).toEqual(expected.toReversed());
      }
    },
  );
});

describe("a list of memberships leaves out", () => {
  const hidden = async () => {
    for (const where of [undefined, acme, team].flatMap(combinations)) {
      const expected = matching(
        (await everything()).filter((row) => visible.has(row._id)),
        where,
      );
      expect(await readAll(list(where), 5), JSON.stringify(where)).toEqual(
        expected,
      );
    }
  };
  let visible: Set<string>;

  beforeEach(async () => {
    visible = new Set((await everything()).map((row) => row._id));
  });

  it("those of users who are gone", async () => {
    await t.run((ctx) => ctx.db.delete("User", people[2]!));
    for (const row of matching(await everything(), { userId: people[2]! })) {
      visible.delete(row._id);
    }
    await hidden();
  });

  it("those that are being removed", async () => {
    for (const row of matching(await everything(), { userId: people[3]! })) {
      await t.run((ctx) =>
        ctx.db.patch("GroupMember", row._id, { removedTime: 1 }),
      );
      visible.delete(row._id);
    }
    await hidden();
  });

  it("those of a deleted group", async () => {
    await t.run((ctx) => ctx.db.patch("Group", team, { deletedTime: 1 }));
    for (const row of matching(await everything(), { groupId: team })) {
      visible.delete(row._id);
    }
    await hidden();
  });

  it("those of groups below a deleted one", async () => {
    await t.run((ctx) => ctx.db.patch("Group", acme, { deletedTime: 1 }));
    visible.clear();
    await hidden();
  });
});

describe("the pages of a list of memberships", () => {
  it.each<[string, () => Where, Arguments["orderBy"]]>([
    ["groupId", () => ({ groupId: acme }), "_creationTime"],
    ["groupId", () => ({ groupId: acme }), "role"],
    ["groupId", () => ({ groupId: team }), "status"],
    [
      "groupId and status",
      () => ({ groupId: acme, status: "active" }),
      "_creationTime",
    ],
    [
      "groupId and role",
      () => ({ groupId: team, role: "developer" }),
      "_creationTime",
    ],
    ["userId", () => ({ userId: people[2]! }), "_creationTime"],
    [
      "userId and role",
      () => ({ userId: people[2]!, role: "developer" }),
      "_creationTime",
    ],
  ])(
    "stay inside %s, whatever cursor a client makes up",
    async (_, condition, orderBy) => {
      const where = condition();
      let found = 0;
      for (const cursor of inventedCursors(acme, team, people[1]!)) {
        for (const order of ["asc", "desc"] as const) {
          const rows = await list(
            where,
            orderBy,
          )({ limit: 50, cursor, order })
            .then((page) => page.items)
            .catch((error: unknown) => {
              expect(error).toBeInstanceOf(ConvexError);
              return [];
            });
          found += rows.length;
          expect(matching(rows, where)).toEqual(rows);
        }
      }
      expect(found).toBeGreaterThan(0);
    },
  );

  it("do not show whose list they are of", async () => {
    const page = await list({ groupId: acme })({ limit: 1, cursor: null });
    expect(page.nextCursor).not.toContain(acme);
  });

  it("cost the same at the start, in the middle and at the end", async () => {
    await t.run(async (ctx) => {
      for (let index = 0; index < 400; index += 1) {
        const userId = await ctx.db.insert("User", {});
        await ctx.db.insert("GroupMember", {
          ...{ groupId: acme, userId, role: "member", roles: ["member"] },
          ...{ roleIds: [], isOwner: false, status: "active" },
        });
      }
    });
    const rows: number[] = [];
    let cursor: string | null = null;
    do {
      const args: Arguments = {
        ...{ where: { groupId: acme }, orderBy: "_creationTime" },
        ...{ limit: 20, cursor },
      };
      const cost = await readsOf(t, async (ctx) => {
        const page = await ctx.runQuery(api.member.list.list, args);
        cursor = page.nextCursor;
      });
      rows.push(cost.rows);
      expect(cost.ranges).toBeLessThan(30);
    } while (cursor !== null);
    expect(rows).toHaveLength(21);
    expect(Math.max(...rows)).toBeLessThanOrEqual(
      Math.min(...rows.slice(0, -1)) + 2,
    );
  });

  it("look at a bounded number of rows when most are left out", async () => {
    await t.run(async (ctx) => {
      const gone = await ctx.db.insert("User", {});
      await ctx.db.delete("User", gone);
      for (let index = 0; index < 300; index += 1) {
        await ctx.db.insert("GroupMember", {
          ...{ groupId: acme, userId: gone, role: "member", roles: ["member"] },
          ...{ roleIds: [], isOwner: false, status: "active" },
        });
      }
    });
    const cost = await readsOf(t, (ctx) =>
      ctx.runQuery(api.member.list.list, {
        ...{ where: { groupId: acme }, orderBy: "_creationTime" },
        ...{ limit: 100, cursor: null, order: "desc" },
      }),
    );
    expect(cost.rows).toBeLessThan(250);
    const rows = await readAll(list({ groupId: acme }), 100, "desc");
    expect(rows).toHaveLength(12);
  });

  it("stay inside Convex's limits with a hundred groups as deep as they can be", async () => {
    const userId = await person(t, "grace");
    await t.run(async (ctx) => {
      for (let tree = 0; tree < 100; tree += 1) {
        let parentGroupId: Id<"Group"> | undefined;
        for (let level = 0; level < 33; level += 1) {
          parentGroupId = await ctx.db.insert("Group", {
            ...{ name: "Group", isRoot: level === 0, height: 32 - level },
            ...{ tags: [], ...(parentGroupId && { parentGroupId }) },
          });
        }
        await ctx.db.insert("GroupMember", {
          ...{ groupId: parentGroupId!, userId, role: "member", roleIds: [] },
          ...{ roles: ["member"], isOwner: false, status: "active" },
        });
      }
    });
    expect(await readAll(list({ userId }), 100)).toHaveLength(100);
    const all = await readAll(list(), 100);
    expect(all).toHaveLength(118);
  });
});
