import type { FunctionArgs } from "convex/server";
import { parseAuthError } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { api, deploy, pass, START, useFrozenClock } from "./fixture/backend.js";
import { CONFIG, done, group, organization } from "./fixture/groups.js";
import { EU, GOLD, insertLabelled, tag, US } from "./fixture/labels.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

type Options = Partial<FunctionArgs<typeof api.group.list.list>>;

/** A page of groups. */
async function page(options: Options = {}) {
  return await t.query(api.group.list.list, {
    ...{ where: {}, orderBy: "_creationTime", limit: 100, cursor: null },
    ...options,
  });
}

/** The names of all groups of a list, read in pages of a size. */
async function names(options: Options = {}, limit = 100): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const { items, nextCursor } = await page({ ...options, limit, cursor });
    expect(items.length).toBeLessThanOrEqual(limit);
    found.push(...items.map((item) => item.name));
    cursor = nextCursor;
  } while (cursor !== null);
  return found;
}

/** Two organizations with groups below, in an order that no index has. */
async function world() {
  const made = async (
    name: string,
    parent: Id<"Group"> | undefined,
    fields: Parameters<typeof group>[2] = {},
  ) => {
    pass(1);
    return await group(t, parent, { name, ...fields });
  };
  const zen = await made("Zen", undefined, { slug: "zen", tags: [EU, GOLD] });
  const acme = await made("Acme", undefined, { slug: "acme", tags: [US] });
  await made("Red", acme, { type: "team", slug: "r", tags: [EU] });
  await made("Blue", acme, { type: "team", slug: "z", tags: [EU, US, GOLD] });
  await made("Sales", acme, { type: "department", slug: "a" });
  const red = await made("Red", zen, { type: "team", slug: "r", tags: [US] });
  return { acme, zen, red };
}

describe("a list of groups", () => {
  const cases: [string, (ids: Record<string, string>) => Options, string[]][] =
    [
      [
        "no condition",
        () => ({}),
        ["Zen", "Acme", "Red", "Blue", "Sales", "Red"],
      ],
      ["slug", () => ({ where: { slug: "r" } }), ["Red", "Red"]],
      ["type", () => ({ where: { type: "team" } }), ["Red", "Blue", "Red"]],
      ["name", () => ({ where: { name: "Blue" } }), ["Blue"]],
      ["roots", () => ({ where: { isRoot: true } }), ["Zen", "Acme"]],
      [
        "groups that are no roots",
        () => ({ where: { isRoot: false } }),
        ["Red", "Blue", "Sales", "Red"],
      ],
      [
        "parentGroupId",
        ({ acme }) => ({ where: { parentGroupId: acme! } }),
        ["Red", "Blue", "Sales"],
      ],
      [
        "parentGroupId and type",
        ({ acme }) => ({ where: { parentGroupId: acme!, type: "team" } }),
        ["Red", "Blue"],
      ],
      [
        "parentGroupId and slug",
        ({ acme }) => ({ where: { parentGroupId: acme!, slug: "z" } }),
        ["Blue"],
      ],
      [
        "parentGroupId, name and type",
        ({ zen }) => ({
          where: { parentGroupId: zen!, name: "Red", type: "team" },
        }),
        ["Red"],
      ],
      [
        "a root's slug",
        () => ({ where: { slug: "acme", isRoot: true } }),
        ["Acme"],
      ],
      [
        "conditions that contradict each other",
        ({ acme }) => ({ where: { parentGroupId: acme!, isRoot: true } }),
        [],
      ],
      [
        "a name of another type",
        () => ({ where: { name: "Blue", type: "department" } }),
        [],
      ],
      [
        "one label",
        () => ({ where: { tagsAny: [EU] } }),
        ["Zen", "Red", "Blue"],
      ],
      [
        "any of several labels, each group once",
        () => ({ where: { tagsAny: [EU, US, GOLD] } }),
        ["Zen", "Acme", "Red", "Blue", "Red"],
      ],
      [
        "any of labels of which nobody has one",
        () => ({ where: { tagsAny: [tag("region", "mars"), GOLD] } }),
        ["Zen", "Blue"],
      ],
      [
        "all of several labels",
        () => ({ where: { tagsAll: [EU, GOLD] } }),
        ["Zen", "Blue"],
      ],
      [
        "all and any",
        () => ({ where: { tagsAll: [EU], tagsAny: [US, GOLD] } }),
        ["Zen", "Blue"],
      ],
      [
        "labels and a type",
        () => ({ where: { tagsAny: [EU, US], type: "team" } }),
        ["Red", "Blue", "Red"],
      ],
      [
        "labels below a group",
        ({ acme }) => ({ where: { tagsAny: [EU], parentGroupId: acme! } }),
        ["Red", "Blue"],
      ],
      [
        "labels of roots",
        () => ({ where: { tagsAll: [EU], isRoot: true } }),
        ["Zen"],
      ],
      [
        "empty lists of labels, which are no condition",
        () => ({ where: { tagsAny: [], tagsAll: [], type: "department" } }),
        ["Sales"],
      ],
      [
        "the order of names",
        () => ({ orderBy: "name" }),
        ["Acme", "Blue", "Red", "Red", "Sales", "Zen"],
      ],
      [
        "the order of slugs below a group",
        ({ acme }) => ({ where: { parentGroupId: acme! }, orderBy: "slug" }),
        ["Sales", "Red", "Blue"],
      ],
      [
        "the order of types below a group",
        ({ acme }) => ({ where: { parentGroupId: acme! }, orderBy: "type" }),
        ["Sales", "Red", "Blue"],
      ],
      [
        "roots in the order of names",
        () => ({ where: { isRoot: true }, orderBy: "name" }),
        ["Acme", "Zen"],
      ],
      [
        "labels below a group in the order of names",
        ({ acme }) => ({
          where: { parentGroupId: acme!, tagsAny: [EU] },
          orderBy: "name",
        }),
        ["Blue", "Red"],
      ],
      [
        "a group that is not there",
        () => ({ where: { parentGroupId: "nowhere" } }),
        [],
      ],
    ];

  it.each(cases)("by %s", async (_, options, expected) => {
    const ids = await world();
    expect(await names(options(ids))).toEqual(expected);
    const backwards = { ...options(ids), order: "desc" as const };
    expect(await names(backwards)).toEqual([...expected].reverse());
    for (const limit of [1, 2]) {
      expect(await names(options(ids), limit)).toEqual(expected);
      expect(await names(backwards, limit)).toEqual([...expected].reverse());
    }
  });

  it("follows changes of names, labels and places", async () => {
    const { acme, zen, red } = await world();
    const data = {
      ...{ name: "Crimson", slug: "c", tags: [GOLD], parentGroupId: acme },
    };
    done(
      await t.mutation(api.groupWrite.update, {
        ...{ config: CONFIG, groupId: red, data },
      }),
    );
    expect(await names({ where: { tagsAny: [US] } })).toEqual(["Acme", "Blue"]);
    expect(await names({ where: { tagsAll: [GOLD] } })).toEqual([
      ...["Zen", "Blue", "Crimson"],
    ]);
    expect(await names({ where: { parentGroupId: zen } })).toEqual([]);
    expect(
      await names({ where: { name: "Red", parentGroupId: acme } }),
    ).toEqual(["Red"]);
  });

  it("refuses more labels than a group can have", async () => {
    const labels = Array.from({ length: 33 }, (_, index) =>
      tag("k", `${index}`),
    );
    const refused = await page({ where: { tagsAny: labels } }).catch(
      (error: unknown) => parseAuthError(error)?.code,
    );
    expect(refused).toBe("INVALID_PARAMETERS");
  });
});

describe("deleted groups", () => {
  const remove = async (groupId: Id<"Group">) =>
    done(
      await t.mutation(api.groupDeletion.remove, { config: CONFIG, groupId }),
    );

  it("are in no list, and neither is what is below them", async () => {
    const { acme } = await world();
    await remove(acme);
    expect(await names()).toEqual(["Zen", "Red"]);
    expect(await names({ where: { type: "team" } })).toEqual(["Red"]);
    expect(await names({ where: { parentGroupId: acme } })).toEqual([]);
    expect(await names({ where: { tagsAny: [EU, US] } })).toEqual([
      ...["Zen", "Red"],
    ]);
    expect(await names({ where: { name: "Blue" }, orderBy: "name" })).toEqual(
      [],
    );
  });

  it("do not make a page empty as long as few of them are in a row", async () => {
    const acme = await organization(t, undefined, { name: "Acme" });
    await insertLabelled(t, acme, 120);
    const zen = await organization(t, undefined, { name: "Zen" });
    await insertLabelled(t, zen, 5);
    await remove(acme);
    const { items } = await page({ where: { type: "team" }, limit: 50 });
    expect(items).toHaveLength(5);
  });
});

describe("a cursor that a client has made up", () => {
  it("never leads out of the list", async () => {
    const { acme, zen } = await world();
    const lists: Options[] = [
      { where: { parentGroupId: acme } },
      { where: { parentGroupId: acme }, orderBy: "name" },
      { where: { type: "team" } },
      { where: { isRoot: true }, orderBy: "slug" },
      { where: { tagsAll: [EU] } },
      { where: { tagsAny: [US, GOLD] } },
    ];
    const parts = [[], [zen], ["", START], ["\uffff", START], ["undefined"]];
    const ends = [
      ...[[], [START - 1, ""], [START + 3, ""], [START + 1e12, "z"]],
      ...[
        [START, zen],
        [-1e300, "\uffff"],
      ],
    ];
    for (const options of lists) {
      const allowed = (await page(options)).items.map((item) => item._id);
      expect(allowed.length).toBeGreaterThan(0);
      for (const order of ["asc", "desc"] as const) {
        for (const cursor of parts.flatMap((part) =>
          ends.map((end) => JSON.stringify([...part, ...end])),
        )) {
          const found = await page({ ...options, order, cursor }).then(
            ({ items }) => items.map((item) => item._id),
            (error: unknown) => {
              const code = parseAuthError(error)?.code;
              expect(code, cursor).toBe("INVALID_PARAMETERS");
              return [];
            },
          );
          expect(allowed).toEqual(expect.arrayContaining(found));
        }
      }
    }
  });
});
