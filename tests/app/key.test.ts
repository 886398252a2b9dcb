import fc from "fast-check";
import type { VerifiedKey } from "convex-gatehouse/server";
import { beforeEach, describe, expect, expectTypeOf, it } from "vitest";
import {
  type Caller,
  deploy,
  pass,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { BAD_TEXTS, WRONG_TYPES } from "./fixture/badInput.js";
import { auth } from "./fixture/convex/auth.js";
import { ban, newUser } from "./fixture/groups.js";
import { newKey } from "./fixture/keys.js";
import { refusal, refusalCode } from "./fixture/people.js";

useFreshApp();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

type Verification = Parameters<typeof auth.key.verify>[2];

/** As in a mutation. */
const verify = (raw: string, requirement?: Verification, caller: Caller = t) =>
  caller.mutation((ctx) => auth.key.verify(ctx, raw, requirement));

/** As in an action: the query and what follows it are transactions. */
async function use(raw: string, requirement?: Verification) {
  // What an action gives is copied, and loses its methods.
  const keys: VerifiedKey[] = [];
  await t.action(async (ctx) => {
    keys.push(await auth.key.verify(ctx, raw, requirement));
  });
  return keys[0]!;
}

const update = (
  keyId: string,
  data: Parameters<typeof auth.key.update>[2],
  actor?: { actorUserId: string },
) => t.mutation((ctx) => auth.key.update(ctx, keyId, data, actor));

const read = (keyId: string) => t.query((ctx) => auth.key.get(ctx, keyId));

describe("key.create and key.verify", () => {
  it("gives a raw key once, which stands for its owner and scopes", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada });
    expect(raw).toMatch(/^sk_[0-9A-Za-z]{60,80}$/);
    const key = await use(raw);
    expect(key).toEqual({
      ...{ keyId, userId: ada, configId: "default", name: "CI" },
      scopes: [{ resource: "project", actions: ["read"] }],
    });
    expect(key.scopes.can("project", "read")).toBe(true);
    expect(key.scopes.can("project", "delete")).toBe(false);
    expect(key.scopes.can("constructor", "read")).toBe(false);
  });

  it("has the types of the contract", () => {
    type Created = Awaited<ReturnType<typeof auth.key.create>>;
    type Verified = Awaited<ReturnType<typeof auth.key.verify>>;
    expectTypeOf<Created>().toEqualTypeOf<{ keyId: string; raw: string }>();
    expectTypeOf<Verified["keyId"]>().toEqualTypeOf<string>();
    expectTypeOf<Verified["userId"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Verified["scopes"]["can"]>().toEqualTypeOf<
      (resource: string, action: string) => boolean
    >();
  });

  it("verifies in a query, without a write", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada });
    const before = await snapshot(t);
    const key = await t.query((ctx) => auth.key.verify(ctx, raw));
    expect(key.keyId).toBe(keyId);
    expect(await snapshot(t)).toEqual(before);
  });

  it("refuses in a query to verify a key whose uses are counted", async () => {
    const { raw } = await newKey(
      t,
      { userId: ada },
      { quota: { remaining: 1 } },
    );
    const asked = t.query((ctx) => auth.key.verify(ctx, raw));
    expect(await refusalCode(asked)).toBe("INVALID_PARAMETERS");
    expect(await use(raw)).toMatchObject({ userId: ada });
  });

  it("is stored without what could be used", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const stored = JSON.stringify(await snapshot(t));
    expect(stored).not.toContain(raw);
    expect(stored).not.toContain(raw.slice(8, 40));
  });

  it("notes the last use at most once an hour", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada });
    const lastUse = async () => (await read(keyId))?.lastUsedAt;
    expect(await lastUse()).toBeUndefined();
    await use(raw);
    const first = await lastUse();
    expect(first).toBeLessThanOrEqual(START);
    pass(HOUR - 1);
    await use(raw);
    expect(await lastUse()).toBe(first);
    pass(1);
    await use(raw);
    expect(await lastUse()).toBeGreaterThan(first!);
  });

  it.each([
    ["no owner", {}],
    ["two owners", { userId: "a", groupId: "b" }],
    ["an unknown field", { userId: "a", hashedKey: "x" }],
    [
      "a limit without a window",
      { userId: "a", rateLimit: { maxRequests: 1 } },
    ],
    [
      "a limit of an unknown kind",
      {
        userId: "a",
        rateLimit: { maxRequests: 1, windowMs: 1_000, kind: "leaky" },
      },
    ],
    ["a null limit", { userId: "a", rateLimit: null }],
    ["a null expiry", { userId: "a", expiresAt: null }],
    ["half a refill", { quota: { remaining: 1, refillAmount: 2 } }],
    ["half a use", { rateLimit: { maxRequests: 0.5, windowMs: 1_000 } }],
    ["no use", { rateLimit: { maxRequests: 0, windowMs: 1_000 } }],
    ["a window of nothing", { rateLimit: { maxRequests: 1, windowMs: 0 } }],
    [
      "an endless window",
      { rateLimit: { maxRequests: 1, windowMs: Infinity } },
    ],
    ["a negative quota", { quota: { remaining: -1 } }],
    ["an expiry in the past", { expiresAt: START - 1 }],
    ["an expiry in an hour", { expiresAt: START + HOUR }],
    ["an expiry in two years", { expiresAt: START + 730 * DAY }],
    ["an unknown kind", { configId: "nothing" }],
    ["too much metadata", { metadata: "x".repeat(4_097) }],
    ["an actor who is undefined", { actorUserId: undefined }],
  ])("refuses %s with INVALID_PARAMETERS", async (_name, fields) => {
    const owner = Object.hasOwn(fields, "userId") ? {} : { userId: ada };
    const given = _name === "no owner" ? {} : { ...owner, ...fields };
    const before = await snapshot(t);
    const made = newKey(t, given as { userId: string });
    expect(await refusalCode(made)).toBe("INVALID_PARAMETERS");
    expect(await snapshot(t)).toEqual(before);
  });

  it.each([
    ["no action", [{ resource: "project", actions: [] }]],
    ["no resource", [{ resource: "", actions: ["read"] }]],
    ["a space", [{ resource: "project", actions: ["read all"] }]],
    [
      "too many",
      [
        {
          resource: "a",
          actions: Array.from({ length: 257 }, (_, i) => `a${i}`),
        },
      ],
    ],
  ])("refuses scopes with %s", async (_name, scopes) => {
    const made = newKey(t, { userId: ada }, { scopes });
    expect(await refusalCode(made)).toBe("API_KEY_INVALID_SCOPE");
  });

  it.each(WRONG_TYPES)(
    "refuses %s where there should be a text",
    async (_name, value) => {
      const wrong = value as string;
      const attempts = [
        newKey(t, { userId: wrong }),
        newKey(t, { userId: ada }, { name: wrong }),
        newKey(t, { userId: ada }, { configId: wrong }),
        verify(wrong),
        read(wrong),
        t.mutation((ctx) => auth.key.revoke(ctx, wrong)),
        t.mutation((ctx) => auth.key.remove(ctx, wrong)),
        t.mutation((ctx) => auth.key.rotate(ctx, wrong)),
        update(wrong, { name: "x" }),
      ];
      for (const attempt of attempts) {
        expect(await refusalCode(attempt)).toBe("INVALID_PARAMETERS");
      }
    },
  );

  it("refuses a user and a group that there are not", async () => {
    expect(await refusalCode(newKey(t, { userId: "nobody" }))).toBe(
      "USER_NOT_FOUND",
    );
    expect(await refusalCode(newKey(t, { groupId: ada }))).toBe(
      "GROUP_NOT_FOUND",
    );
    await ban(t, ada);
    expect(await refusalCode(newKey(t, { userId: ada }))).toBe("USER_BANNED");
  });

  it("refuses keys of another user to an actor", async () => {
    const actorUserId = await newUser(t, "grace");
    const made = newKey(t, { userId: ada }, { actorUserId });
    expect(await refusalCode(made)).toBe("FORBIDDEN");
    expect(await newKey(t, { userId: actorUserId }, { actorUserId })).toEqual({
      ...{ keyId: expect.any(String), raw: expect.any(String) },
    });
  });
});

describe("kinds of keys", () => {
  const partner = (fields = {}) =>
    newKey(t, { userId: ada }, { configId: "partner", ...fields });

  it("have a prefix, scopes and a limit of their own", async () => {
    const { keyId, raw } = await partner();
    expect(raw).toMatch(/^acme_live_[0-9A-Za-z]+$/);
    expect(await use(raw)).toMatchObject({ keyId, configId: "partner" });
    const scopes = [{ resource: "project", actions: ["read", "delete"] }];
    expect(await refusalCode(partner({ scopes }))).toBe(
      "API_KEY_INVALID_SCOPE",
    );
    const second = await partner();
    expect(await refusalCode(partner())).toBe("API_KEY_LIMIT_REACHED");
    await t.mutation((ctx) => auth.key.revoke(ctx, second.keyId));
    expect(await partner()).toHaveProperty("raw");
  });

  it("are not told from unknown keys where another is asked for", async () => {
    const { raw } = await newKey(t, { userId: ada });
    expect(await refusalCode(use(raw, { configId: "partner" }))).toBe(
      "INVALID_API_KEY",
    );
    const { raw: other } = await partner();
    expect(await use(other, { configId: "partner" })).toHaveProperty("keyId");
  });
});

describe("key.verify refuses", () => {
  const scope = { resource: "project", action: "delete" };

  it("what is no key, without a look at a table", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const texts = [
      ...BAD_TEXTS.map(([, text]) => text),
      ...[raw.slice(0, -1), `${raw}0`, ` ${raw}`, raw.replace("sk_", "pk_")],
      raw.slice(0, 20) + (raw[20] === "a" ? "b" : "a") + raw.slice(21),
    ];
    for (const text of texts) {
      expect(await refusalCode(use(text)), text.slice(0, 40)).toBe(
        "INVALID_API_KEY",
      );
    }
  });

  it("any text but the key, whatever it is", async () => {
    const { raw } = await newKey(t, { userId: ada });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: "binary", maxLength: 200 }),
          fc.string().map((text) => `sk_${text}`),
          fc
            .tuple(fc.nat(raw.length - 1), fc.constantFrom(..."aZ09_-é"))
            .map(([at, c]) => raw.slice(0, at) + c + raw.slice(at + 1)),
        ),
        async (text) => {
          fc.pre(text !== raw);
          expect(await refusalCode(use(text))).toBe("INVALID_API_KEY");
        },
      ),
      { numRuns: 60 },
    );
  });

  it("a key that is switched off, revoked, or past its time", async () => {
    const { keyId, raw } = await newKey(
      t,
      { userId: ada },
      { expiresAt: START + 2 * DAY },
    );
    await update(keyId, { enabled: false });
    expect(await refusalCode(use(raw))).toBe("API_KEY_DISABLED");
    await update(keyId, { enabled: true });
    expect(await use(raw)).toHaveProperty("keyId", keyId);
    pass(2 * DAY);
    expect(await refusalCode(use(raw))).toBe("API_KEY_EXPIRED");
    await t.mutation((ctx) => auth.key.revoke(ctx, keyId));
    expect(await refusalCode(use(raw))).toBe("API_KEY_REVOKED");
    await t.mutation((ctx) => auth.key.remove(ctx, keyId));
    expect(await refusalCode(use(raw))).toBe("INVALID_API_KEY");
  });

  it("a key whose owner is banned or gone", async () => {
    const { raw } = await newKey(t, { userId: ada });
    await ban(t, ada);
    expect(await refusalCode(use(raw))).toBe("API_KEY_OWNER_INACTIVE");
    await t.mutation((ctx) => auth.user.remove(ctx, ada));
    expect(["API_KEY_OWNER_INACTIVE", "INVALID_API_KEY"]).toContain(
      await refusalCode(use(raw)),
    );
  });

  it("a use that it is not made for, which spends nothing", async () => {
    const { raw } = await newKey(
      t,
      { userId: ada },
      { quota: { remaining: 1 } },
    );
    expect(await refusalCode(use(raw, { scope }))).toBe("SCOPE_CHECK_FAILED");
    expect(await use(raw)).toHaveProperty("keyId");
    expect(await refusalCode(use(raw))).toBe("API_KEY_QUOTA_EXCEEDED");
  });

  it("uses beyond its rate, and tells when to come back", async () => {
    const rateLimit = { maxRequests: 3, windowMs: 60_000 };
    const { raw } = await newKey(t, { userId: ada }, { rateLimit });
    for (const _ of [1, 2, 3]) {
      await use(raw);
    }
    pass(20_000);
    const { code, retryAfterMs } = await refusal(use(raw));
    expect(code).toBe("API_KEY_RATE_LIMITED");
    expect(retryAfterMs).toBeGreaterThan(39_000);
    expect(retryAfterMs).toBeLessThanOrEqual(40_001);
    pass(retryAfterMs!);
    expect(await use(raw)).toHaveProperty("keyId");
  });

  it("as many uses at once as there are too many, and no more", async () => {
    const rateLimit = { maxRequests: 40, windowMs: 60_000 };
    const { raw } = await newKey(t, { userId: ada }, { rateLimit });
    const codes: string[] = [];
    for (let index = 0; index < 45; index += 1) {
      codes.push(
        await use(raw).then(
          () => "",
          () => "refused",
        ),
      );
    }
    expect(codes.filter((code) => code === "")).toHaveLength(40);
    expect(codes.slice(40)).toEqual(Array(5).fill("refused"));
  });
});
