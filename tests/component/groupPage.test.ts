import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { api, deploy, useFrozenClock } from "./fixture/backend.js";
import { organization, readsOf } from "./fixture/groups.js";
import { EU, GOLD, insertLabelled, tag, US } from "./fixture/labels.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

type Options = Partial<FunctionArgs<typeof api.group.list.list>>;

describe("a page of groups", () => {
  it("costs the same at the start, in the middle and at the end", async () => {
    const acme = await organization(t);
    await insertLabelled(t, acme, 300);
    const lists: Options[] = [
      { where: { type: "team" } },
      { where: { parentGroupId: acme }, orderBy: "name" },
      { where: { tagsAny: [EU, US, GOLD] } },
    ];
    for (const options of lists) {
      const costs: number[] = [];
      let cursor: string | null = null;
      for (let items = 0; items < 300; items += 30) {
        const request: Options = { ...options, limit: 30, cursor };
        const cost = await readsOf(t, async (ctx) => {
          const result = await ctx.runQuery(api.group.list.list, {
            ...{ where: {}, orderBy: "_creationTime", limit: 30, cursor },
            ...request,
          });
          expect(result.items).toHaveLength(30);
          cursor = result.nextCursor;
        });
        costs.push(cost.rows + cost.ranges);
      }
      expect(Math.min(...costs)).toBeGreaterThan(30);
      // The first page has no cursor, which splits an index range into a few.
      expect(Math.max(...costs.slice(1))).toBeLessThan(costs[0]! + 10);
    }
  });

  it("stays inside Convex's limits at the worst", async () => {
    // A hundred groups, each of them below 32 others that no other shares, all
    // of which carry all the labels that can be asked for.
    const labels = Array.from({ length: 32 }, (_, index) =>
      tag("k", `${index}`),
    );
    await t.run(async (ctx) => {
      for (let index = 0; index < 101; index += 1) {
        let parentGroupId: Id<"Group"> | undefined;
        for (let level = 0; level <= 32; level += 1) {
          const isLeaf = level === 32;
          parentGroupId = await ctx.db.insert("Group", {
            ...{ name: isLeaf ? "Leaf" : "Node", isRoot: level === 0 },
            ...{ height: 32 - level, tags: isLeaf ? labels : [] },
            ...(parentGroupId && { parentGroupId }),
          });
        }
      }
    });
    const leaves = await t.run((ctx) =>
      ctx.db
        .query("Group")
        .withIndex("name", (q) => q.eq("name", "Leaf"))
        .collect(),
    );
    for (const leaf of leaves) {
      await t.run(async (ctx) => {
        for (const label of labels) {
          await ctx.db.insert("GroupTag", {
            ...{ groupId: leaf._id, ...label, groupTime: leaf._creationTime },
          });
        }
      });
    }
    for (const where of [{ name: "Leaf" }, { tagsAny: labels }]) {
      const cost = await readsOf(t, async (ctx) => {
        const { items } = await ctx.runQuery(api.group.list.list, {
          ...{ where, orderBy: "_creationTime", limit: 100, cursor: null },
        });
        expect(items.length).toBeGreaterThan(0);
      });
      expect(cost.ranges).toBeLessThan(4_000);
    }
  });
});
