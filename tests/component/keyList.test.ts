import { ConvexError } from "convex/values";
import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import { api, DAY, deploy, START, useFrozenClock } from "./fixture/backend.js";
import {
  done,
  group,
  organization,
  person,
  readsOf,
} from "./fixture/groups.js";
import { key, KEYS, revokeKey } from "./fixture/keys.js";
import { inventedCursors, readAll, type Cut } from "./fixture/pages.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;
let acme: Id<"Group">;

const CONFIG = {
  configurations: [
    ...KEYS.configurations,
    { configId: "live", prefix: "live" },
  ],
};
const NAMES = ["CI", "undefined", "backup"];

/** Keys of two users and two groups, with all mixes of what lists ask for. */
beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
  acme = await organization(t, ada);
  const grace = await person(t, "grace");
  const team = await group(t, acme);
  const owners = [
    { userId: ada },
    { groupId: acme },
    { userId: grace },
    { groupId: team },
  ];
  for (let index = 0; index < 24; index += 1) {
    const owner = owners[index % owners.length]!;
    const { keyId } = await key(t, owner, {
      ...{ config: CONFIG, name: NAMES[index % NAMES.length]! },
      configId: index % 5 === 0 ? "live" : "default",
      ...(index % 3 === 0
        ? {}
        : { expiresAt: START + (9 - (index % 7)) * DAY }),
    });
    await t.run(async (ctx) => {
      if (index % 2 === 0) {
        const lastUsedAt = START + ((index * 7) % 11);
        await ctx.db.patch("ApiKey", keyId, { lastUsedAt });
      }
    });
    if (index >= 16) {
      done(await revokeKey(t, keyId));
    }
  }
});

type Arguments = FunctionArgs<typeof api.key.list.list>;
type Where = Arguments["where"];

const list =
  (where: Where = {}, orderBy: Arguments["orderBy"] = "_creationTime") =>
  async (cut: Cut) =>
    await t.query(api.key.list.list, { where, orderBy, ...cut });

async function everything(): Promise<Doc<"ApiKey">[]> {
  return await t.run((ctx) => ctx.db.query("ApiKey").collect());
}

function matching(rows: Doc<"ApiKey">[], where: Where) {
  return rows.filter((row) =>
    Object.entries(where).every(
      ([field, value]) => row[field as keyof typeof where] === value,
    ),
  );
}

const ids = (rows: { _id: string }[]) => rows.map((row) => row._id);

/** Every combination of the conditions. */
function combinations(): Where[] {
  return [{}, { userId: ada }, { groupId: acme }].flatMap((owner) =>
    [undefined, true, false].flatMap((revoked) =>
      [undefined, "undefined", "CI"].flatMap((name) =>
        [undefined, "live"].map((prefix) => ({
          ...owner,
          ...(revoked === undefined ? {} : { revoked }),
          ...(name && { name }),
          ...(prefix && { prefix }),
        })),
      ),
    ),
  );
}

const ORDERS = ["name", "lastUsedAt", "expiresAt", "revoked"] as const;

describe("a list of keys", () => {
  it("holds what its conditions ask for, in order of time, on pages of any size", async () => {
    const rows = await everything();
    for (const where of combinations()) {
      const expected = ids(matching(rows, where));
      const name = JSON.stringify(where);
      for (const limit of [2, 100]) {
        expect(ids(await readAll(list(where), limit)), name).toEqual(expected);
      }
      expect(ids(await readAll(list(where), 3, "desc")), name).toEqual(
        expected.toReversed(),
      );
    }
  });

  it.each(ORDERS)("comes by %s, of an owner and of all", async (orderBy) => {
    const rows = await everything();
    for (const where of [{}, { userId: ada }, { groupId: acme }]) {
      const expected = matching(rows, where);
      for (const order of ["asc", "desc"] as const) {
        const found = await readAll(list(where, orderBy), 2, order);
        expect(ids(found).sort()).toEqual(ids(expected).sort());
        const values = found.map((row) => row[orderBy]);
        const inOrder = [...values].sort((one, other) =>
          one === other
            ? 0
            : one === undefined || (other !== undefined && one < other)
              ? -1
              : 1,
        );
        // What `sort` does with `undefined`, it does at the end.
        const none = inOrder.filter((value) => value === undefined);
        const some = inOrder.filter((value) => value !== undefined);
        const ascending = [...none, ...some];
        expect(values).toEqual(
          order === "asc" ? ascending : ascending.toReversed(),
        );
      }
    }
  });

  it("is empty for owners that there are not", async () => {
    for (const where of [
      { userId: "nonsense" },
      { userId: acme },
      { groupId: ada },
      { userId: ada, groupId: acme },
    ]) {
      expect(await readAll(list(where), 10)).toEqual([]);
    }
  });

  it("leads nobody to the keys of another, whatever cursor is made up", async () => {
    const names = [...NAMES, START, START + 5 * DAY];
    for (const where of [
      { userId: ada },
      { groupId: acme },
      { userId: ada, revoked: true },
      { name: "CI" },
      { prefix: "live" },
    ]) {
      for (const orderBy of ["_creationTime", ...ORDERS] as const) {
        for (const cursor of inventedCursors(...names)) {
          for (const order of ["asc", "desc"] as const) {
            const cut = { limit: 100, cursor, order };
            const items = await list(
              where,
              orderBy,
            )(cut).then(
              (page) => page.items,
              (error: unknown) => {
                expect(error).toBeInstanceOf(ConvexError);
                return [];
              },
            );
            const rows = items as Doc<"ApiKey">[];
            expect(ids(matching(rows, where))).toEqual(ids(rows));
          }
        }
      }
    }
  });

  it("looks at a hundred keys for a page at most", async () => {
    const row = (await everything())[0]!;
    const { _id, _creationTime, ...fields } = row;
    await t.run(async (ctx) => {
      for (let index = 0; index < 300; index += 1) {
        await ctx.db.insert("ApiKey", { ...fields, selector: `key ${index}` });
      }
    });
    const cost = await readsOf(t, async (ctx) => {
      const { items, nextCursor } = await ctx.runQuery(api.key.list.list, {
        ...{
          where: { userId: ada, name: "nothing" },
          limit: 100,
          cursor: null,
        },
        orderBy: "_creationTime",
      });
      expect(items).toEqual([]);
      expect(nextCursor).not.toBeNull();
    });
    expect(cost.rows).toBeLessThanOrEqual(102);
  });
});
