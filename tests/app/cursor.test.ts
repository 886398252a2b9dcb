import { type PageOptions, parseAuthError } from "convex-gatehouse/server";
import { beforeEach, describe, expect, it } from "vitest";
import { deploy, pass, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { ADA, GRACE, identityOf, signIn, signUp } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
/** The user who comes first in every index, and the one who comes second. */
let ada: string;
let grace: string;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t, ADA)).userId;
  pass(1);
  grace = identityOf(await signUp(t, GRACE)).userId;
  for (let device = 0; device < 2; device += 1) {
    pass(1);
    await signIn(t, ADA);
    await signIn(t, GRACE);
  }
});

type Options = PageOptions & { userId: string };

/** The lists whose cursors apps pass on from clients. */
const LISTS = [
  (options: Options) => t.query((ctx) => auth.audit.list(ctx, options)),
  (options: Options) => t.query((ctx) => auth.session.list(ctx, options)),
];

describe("a cursor that a client has made up", () => {
  const cursors = (userId: string) =>
    [
      [],
      [userId],
      [userId, START - 1],
      [userId, START + 1_000],
      [userId, START - 1, ""],
      [userId, START + 1e12, "z"],
      ["", 0],
      ["\uffff", 1e300],
    ].map((key) => JSON.stringify(key));

  it.each(["asc", "desc"] as const)(
    "never reaches rows of another user (%s)",
    async (order) => {
      for (const [userId, other] of [
        [ada, grace],
        [grace, ada],
      ] as const) {
        for (const cursor of [...cursors(other), ...cursors(userId)]) {
          const options = { userId, cursor, order };
          const pages = await Promise.all(
            LISTS.map((list) =>
              list(options).then(
                (page): { userId?: string }[] => page.items,
                (error: unknown) => {
                  expect(parseAuthError(error)?.code).toBe(
                    "INVALID_PARAMETERS",
                  );
                  return [];
                },
              ),
            ),
          );
          const items = pages.flat();
          for (const item of items) {
            expect(item.userId, cursor).toBe(userId);
          }
        }
      }
    },
  );
});

describe("the cursors that a list gives", () => {
  it.each(["asc", "desc"] as const)(
    "lead through all rows, once each, in order (%s)",
    async (order) => {
      for (const list of LISTS) {
        const read = async (limit: number) => {
          const ids: string[] = [];
          let cursor: string | null = null;
          do {
            const options = { userId: ada, limit, order, cursor };
            const page: {
              items: { _id: string }[];
              nextCursor: string | null;
            } = await list(options);
            ids.push(...page.items.map((item) => item._id));
            cursor = page.nextCursor;
          } while (cursor !== null);
          return ids;
        };
        const all = await read(200);
        expect(all.length).toBeGreaterThanOrEqual(3);
        expect(await read(1)).toEqual(all);
        expect(await read(2)).toEqual(all);
      }
    },
  );

  it("do not show whose list they are of", async () => {
    const { nextCursor } = await t.query((ctx) =>
      auth.audit.list(ctx, { userId: ada, limit: 1 }),
    );
    expect(nextCursor).not.toContain(ada);
  });
});
