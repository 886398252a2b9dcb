import { isAuthError } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { deploy, snapshot, useFreshApp } from "./fixture/backend.js";
import { BAD_TEXTS, WRONG_TYPES } from "./fixture/badInput.js";
import { auth } from "./fixture/convex/auth.js";
import {
  methodOf,
  newWorld,
  READS,
  type World,
  WRITES,
} from "./fixture/groupCalls.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let world: World;

beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  t = deploy();
  world = await newWorld(t);
});

const METHODS = Object.entries({ ...WRITES, ...READS });

/** One text of a megabyte is enough for every place. */
const TEXTS = BAD_TEXTS.filter(([name]) => !name.includes("wide"));

/** What a call comes to: its result, or the code and length of its refusal. */
async function outcome(name: string, args: unknown[]) {
  const method = methodOf(name);
  try {
    await t.action(async (ctx) => void (await method(ctx, ...args)));
    return { isAccepted: true, code: null, length: 0 };
  } catch (error) {
    if (!isAuthError(error)) {
      throw error;
    }
    const { length } = JSON.stringify(error.data);
    return { isAccepted: false, code: error.data.code, length };
  }
}

type Place = readonly (string | number)[];

/** Every place in arguments where a value stands, with what stands there. */
function placesIn(value: unknown, at: Place = []): [Place, unknown][] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, content]) =>
          placesIn(content, [...at, Array.isArray(value) ? +key : key]),
        )
      : [];
  return at.length === 0 ? inner : [[at, value], ...inner];
}

/** The arguments with something else in one place. */
function replaced(
  args: unknown,
  [first, ...rest]: Place,
  by: unknown,
): unknown {
  if (first === undefined) {
    return by;
  }
  const copy = (
    Array.isArray(args) ? [...args] : { ...(args as object) }
  ) as Record<string | number, unknown>;
  copy[first] = replaced(copy[first], rest, by);
  return copy;
}

/** Everything but the records and counters of refused attempts. */
async function rows() {
  const { AuditEvent: _, RateLimit: __, ...rest } = await snapshot(t);
  return rest;
}

/** What the app keeps may be anything that Convex can store. */
const isFree = (place: Place) => place.includes("extend");

/** Values that a place can hold although something else was there. */
function isPossible(place: Place, before: unknown, value: unknown): boolean {
  const field = String(place.at(-1));
  const isNumber = typeof before === "number" && typeof value === "number";
  const isBoolean = typeof before === "boolean" && typeof value === "boolean";
  const isTexts = Array.isArray(before) && Array.isArray(value);
  return (
    isBoolean ||
    (isNumber && (field === "limit" || !Number.isNaN(value))) ||
    (isTexts && !field.startsWith("tags"))
  );
}

describe.each(METHODS)("%s", { timeout: 30_000 }, (name, argumentsOf) => {
  it("takes the arguments that are changed here", async () => {
    const { code } = await outcome(name, argumentsOf(world));
    expect(code).not.toBe("INVALID_PARAMETERS");
  });

  it("refuses values of another type, in every place, and nothing changes", async () => {
    const args = argumentsOf(world);
    const before = await rows();
    for (const [place, value] of placesIn(args)) {
      for (const [kind, wrong] of WRONG_TYPES) {
        if (isFree(place) || isPossible(place, value, wrong)) {
          continue;
        }
        const bad = replaced(args, place, wrong) as unknown[];
        const where = `${place.join(".")}: ${kind}`;
        expect((await outcome(name, bad)).code, where).toBe(
          "INVALID_PARAMETERS",
        );
      }
    }
    expect(await rows()).toEqual(before);
  });

  it("takes texts of any content and size, or refuses them with a short error that has a code", async () => {
    let before = await rows();
    for (const [place, value] of placesIn(argumentsOf(world))) {
      if (typeof value !== "string") {
        continue;
      }
      for (const [kind, text] of TEXTS) {
        const bad = replaced(argumentsOf(world), place, text) as unknown[];
        const where = `${place.join(".")}: ${kind}`;
        const { isAccepted, length } = await outcome(name, bad);
        expect(length, where).toBeLessThan(500);
        if (isAccepted) {
          before = await rows();
        }
      }
    }
    expect(await rows()).toEqual(before);
  });

  it("refuses fields that it does not know, also such that every object seems to have", async () => {
    const args = argumentsOf(world);
    const before = await rows();
    const objects = [
      ...placesIn(args).filter(
        ([place, value]) =>
          typeof value === "object" &&
          value !== null &&
          !Array.isArray(value) &&
          place.at(-1) !== "permissions",
      ),
    ];
    for (const [place, value] of objects) {
      for (const field of [
        "more",
        "__proto__",
        "constructor",
        "x".repeat(1e6),
      ]) {
        const wider: unknown = JSON.parse(
          `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(field)}:"a"}`,
        );
        const bad = replaced(args, place, wider) as unknown[];
        const { code, length } = await outcome(name, bad);
        const where = `${place.join(".")}: ${field.slice(0, 20)}`;
        expect(code, where).toBe("INVALID_PARAMETERS");
        expect(length).toBeLessThan(500);
      }
    }
    expect(await rows()).toEqual(before);
  });

  it("refuses lists without end", async () => {
    const args = argumentsOf(world);
    const before = await rows();
    for (const [place, value] of placesIn(args)) {
      if (!Array.isArray(value)) {
        continue;
      }
      const many = Array.from({ length: 100_000 }, () => value[0] as unknown);
      const bad = replaced(args, place, many) as unknown[];
      const { code } = await outcome(name, bad);
      expect(code, place.join(".")).toBe("INVALID_PARAMETERS");
    }
    expect(await rows()).toEqual(before);
  });
});

/** Something in so many lists. */
const nested = (depth: number): unknown =>
  depth === 0 ? 1 : [nested(depth - 1)];

const fields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`f${at}`, at]));

describe("the app's own data in `extend`", () => {
  const unstorable: [string, unknown][] = [
    ["a text of one megabyte", "a".repeat(1_000_000)],
    ["wide characters that take more bytes", "\u{1F600}".repeat(140_000)],
    ["too many levels", nested(33)],
    ["levels without end", nested(5_000)],
    ["too many items", Array.from({ length: 9_000 }, () => 1)],
    ["too many fields", fields(1_100)],
    ["a reserved name", { $set: 1 }],
    ["a date", new Date()],
    ["a function", () => 1],
    ["a map", new Map()],
    ["undefined in a list", [undefined]],
  ];

  it.each(unstorable)("is refused with a code: %s", async (_name, extend) => {
    const before = await snapshot(t);
    const { acme, ada, memberId } = world;
    const attempts = [
      t.mutation((ctx) => auth.group.create(ctx, { name: "N", extend })),
      t.mutation((ctx) => auth.group.update(ctx, acme, { extend })),
      t.mutation((ctx) => auth.member.update(ctx, memberId, { extend })),
      t.mutation((ctx) => auth.invite.create(ctx, { extend })),
      t.mutation((ctx) => auth.user.patch(ctx, ada, { extend })),
    ];
    for (const attempt of attempts) {
      expect(await refusalCode(attempt)).toBe("INVALID_PARAMETERS");
    }
    expect(await snapshot(t)).toEqual(before);
  });

  it("is kept as it is below these limits", async () => {
    const extend = { text: "\u{1F600}".repeat(4_000), deep: nested(30) };
    const wide = {
      ...fields(900),
      list: Array.from({ length: 1_000 }, () => 1),
    };
    const { acme } = world;
    for (const value of [extend, wide, null, 0, ""]) {
      await t.mutation((ctx) =>
        auth.group.update(ctx, acme, { extend: value }),
      );
      const group = await t.query((ctx) => auth.group.get(ctx, acme));
      expect(group?.extend).toEqual(value);
    }
  });
});

describe("large data", () => {
  it("is for users: of groups, hundreds are read at once", async () => {
    const { acme, ada } = world;
    const extend = "a".repeat(400_000);
    await t.mutation((ctx) => auth.user.patch(ctx, ada, { extend }));
    expect(
      await refusalCode(
        t.mutation((ctx) => auth.group.update(ctx, acme, { extend })),
      ),
    ).toBe("INVALID_PARAMETERS");
  });
});

describe("numbers out of range", () => {
  it("of a page are moved into it", async () => {
    const { acme: groupId } = world;
    for (const limit of [-1, 0, 0.5, 1e9, NaN, Infinity, -Infinity]) {
      const { items } = await t.query((ctx) =>
        auth.member.list(ctx, { where: { groupId }, limit }),
      );
      expect(items).toHaveLength(limit < 0 ? 1 : 2);
    }
  });

  it("of depths are moved into it, too", async () => {
    const { team, acme, ada: userId } = world;
    for (const maxDepth of [1e9, Infinity]) {
      const { ancestors } = await t.query((ctx) =>
        auth.group.ancestors(ctx, { groupId: team, maxDepth }),
      );
      expect(ancestors.map(({ _id }) => _id)).toEqual([acme]);
    }
    for (const maxDepth of [-1, -Infinity]) {
      expect(
        await t.query((ctx) =>
          auth.member.inherit(ctx, { userId, groupId: team, maxDepth }),
        ),
      ).toMatchObject({ membership: null });
    }
  });

  it.each([-1, 0.5, 1e12, Infinity, -Infinity])(
    "of settings, times and uses are refused: %d",
    async (number) => {
      const before = await snapshot(t);
      const { acme } = world;
      const settings = ["memberLimit", "inviteLifetimeMs", "deletionGraceMs"];
      const attempts = [
        ...settings.map((name) =>
          t.mutation((ctx) =>
            auth.group.update(ctx, acme, { settings: { [name]: number } }),
          ),
        ),
        ...["expiresTime", "maxUses"].map((name) =>
          t.mutation((ctx) => auth.invite.create(ctx, { [name]: number })),
        ),
      ];
      const codes = await Promise.all(attempts.map(refusalCode));
      expect(new Set(codes)).toEqual(new Set(["INVALID_PARAMETERS"]));
      expect(await snapshot(t)).toEqual(before);
    },
  );
});
