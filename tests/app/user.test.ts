import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  counts,
  deploy,
  HOME,
  inComponent,
  pass,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import {
  ADA,
  bearer,
  GRACE,
  identityOf,
  refusalCode,
  signIn,
  signUp,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

type Options = NonNullable<Parameters<typeof auth.user.list>[1]>;

const list = (options: Options) =>
  t.query((ctx) => auth.user.list(ctx, options));

/** The names of all users, page by page. */
async function names(options: Options): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({
      ...options,
      cursor,
    });
    found.push(...page.items.map((user) => user.name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

describe("user.list", () => {
  const NAMES = ["Dan", "Ann", "undefined", "Cid", "Ann", "_undefined"];

  beforeEach(async () => {
    await inComponent(t, async (ctx) => {
      for (const [index, name] of NAMES.entries()) {
        await ctx.db.insert("User", {
          name,
          email: `${index % 3}@example.com`,
          isAnonymous: index % 2 === 0,
        });
      }
      await ctx.db.insert("User", { phone: "+15550100" });
    });
  });

  it.each([1, 2, 3, 200])(
    "gives every user once, in pages of %d",
    async (limit) => {
      expect(await names({ limit })).toEqual([...NAMES, undefined]);
      expect(await names({ limit, order: "desc" })).toEqual(
        [...NAMES, undefined].reverse(),
      );
    },
  );

  it.each([1, 2, 200])("orders by name in pages of %d", async (limit) => {
    const sorted = [undefined, "Ann", "Ann", "Cid", "Dan"];
    const expected = [...sorted, "_undefined", "undefined"];
    expect(await names({ orderBy: "name", limit })).toEqual(expected);
    expect(await names({ orderBy: "name", order: "desc", limit })).toEqual(
      [...expected].reverse(),
    );
  });

  it.each([1, 200])(
    "filters by each field and by several, in pages of %d",
    async (limit) => {
      const where = (filter: Options["where"]) =>
        names({ limit, ...(filter === undefined ? {} : { where: filter }) });
      expect(await where({ name: "Ann" })).toEqual(["Ann", "Ann"]);
      expect(await where({ name: "undefined" })).toEqual(["undefined"]);
      expect(await where({ email: "0@example.com" })).toEqual(["Dan", "Cid"]);
      expect(await where({ phone: "+15550100" })).toEqual([undefined]);
      expect(await where({ isAnonymous: true })).toEqual([
        ...["Dan", "undefined", "Ann"],
      ]);
      expect(
        await where({ email: "1@example.com", isAnonymous: true }),
      ).toEqual(["Ann"]);
      expect(await where({ name: "nobody" })).toEqual([]);
      expect(await where({})).toHaveLength(NAMES.length + 1);
    },
  );

  it("refuses an order that it does not support", async () => {
    const orders = ["image", "__proto__", "constructor", ""] as unknown[];
    for (const orderBy of orders as Options["orderBy"][]) {
      expect(
        await refusalCode(list(orderBy === undefined ? {} : { orderBy })),
      ).toBe("INVALID_PARAMETERS");
    }
    expect(
      await refusalCode(list({ orderBy: "name", where: { name: "Ann" } })),
    ).toBe("INVALID_PARAMETERS");
  });
});

describe("user.remove", () => {
  it("leaves nothing of the user but the events, without addresses and devices", async () => {
    const caller = t.withRequestMetadata(HOME);
    const tokens = await signUp(caller);
    const { userId } = identityOf(tokens);
    await signIn(caller);
    await withPassword(caller, { flow: "reset", email: ADA });
    const grace = identityOf(await signUp(caller, GRACE));
    await bearer(t, tokens).mutation((ctx) => auth.user.remove(ctx, userId));
    expect(await counts(t)).toMatchObject({
      ...{ User: 1, Account: 1, Session: 1, RefreshToken: 1 },
      VerificationCode: 0,
    });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const events = await inComponent(t, (ctx) =>
      ctx.db.query("AuditEvent").collect(),
    );
    const own = events.filter((event) => event.userId === userId);
    expect(own.map((event) => event.event)).toContain("userRemoved");
    for (const event of own) {
      expect(event).not.toHaveProperty("ipAddress");
      expect(event).not.toHaveProperty("userAgent");
    }
    const others = events.filter((event) => event.userId === grace.userId);
    expect(others.length).toBeGreaterThan(0);
    for (const event of others) {
      expect(event).toMatchObject({ ipAddress: HOME.ip });
    }
  });

  it("the address can sign up again, as somebody else", async () => {
    const { userId } = identityOf(await signUp(t));
    await t.mutation((ctx) => auth.user.remove(ctx, userId));
    expect(await refusalCode(signIn(t))).toBe("INVALID_CREDENTIALS");
    pass(1_000);
    expect(identityOf(await signUp(t)).userId).not.toBe(userId);
  });

  it("without cascade refuses while records are left, and changes nothing", async () => {
    const { userId } = identityOf(await signUp(t));
    const remove = (id: string) =>
      t.mutation((ctx) => auth.user.remove(ctx, id, { cascade: false }));
    expect(await refusalCode(remove(userId))).toBe("USER_HAS_LINKED_RECORDS");
    expect(await counts(t)).toMatchObject({ User: 1, Account: 1, Session: 1 });
    const lonely = await inComponent(t, (ctx) => ctx.db.insert("User", {}));
    await remove(lonely);
    expect(await counts(t)).toMatchObject({ User: 1 });
  });
});
