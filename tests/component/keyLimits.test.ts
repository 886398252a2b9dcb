import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  HOUR,
  MINUTE,
  outcome,
  pass,
  SECOND,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { done, person } from "./fixture/groups.js";
import {
  changeKey,
  costOf,
  counters,
  key,
  keyRow,
  KEYS,
  look,
  request,
  stored,
  use,
} from "./fixture/keys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

const perHour = (maxRequests: number) => ({ maxRequests, windowMs: HOUR });

/** Uses a key until it is refused, and counts the uses before that. */
async function exhaust(raw: string, most = 1_000) {
  for (let uses = 0; uses < most; uses += 1) {
    const answer = await use(t, raw);
    if (answer.kind === "refused") {
      return { uses, ...answer.refusal };
    }
  }
  throw new Error(`All of ${most} uses passed`);
}

describe("a key whose uses are counted", () => {
  it("is not verified by a query, which can count nothing", async () => {
    const { raw } = await key(t, { userId: ada }, { rateLimit: perHour(2) });
    expect(await look(t, raw)).toEqual({ kind: "limited" });
    expect(
      outcome(await look(t, raw, { request: request("project", "delete") })),
    ).toBe("SCOPE_CHECK_FAILED");
  });

  it("reads one row of counts and writes only that one", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: perHour(1_000), quota: { remaining: 1_000 } },
    );
    expect((await keyRow(t, keyId))!.shards).toBe(16);
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    await use(t, raw);
    const before = await keyRow(t, keyId);
    const cost = await costOf(t, (ctx) =>
      ctx.runMutation(api.keyUse.verify, { config: KEYS, raw }),
    );
    vi.restoreAllMocks();
    // The key, its owner, the row of counts, and that again when it is written.
    expect(cost).toEqual({ read: 4, written: 1 });
    expect(await keyRow(t, keyId)).toEqual(before);
    expect(await counters(t, keyId)).toMatchObject([
      { shard: 8, windowUses: 2, quotaUses: 2 },
    ]);
  });

  it.each([
    ["one row", 3],
    ["sixteen rows", 150],
    ["rows with unequal shares", 133],
  ])(
    "passes as often as its window says, with %s, and again in the next one",
    async (_, most) => {
      const fields = { rateLimit: perHour(most) };
      const { keyId, raw } = await key(t, { userId: ada }, fields);
      pass(20 * MINUTE);
      for (let window = 0; window < 2; window += 1) {
        expect(await exhaust(raw)).toMatchObject({
          ...{ uses: most, code: "API_KEY_RATE_LIMITED" },
        });
        const { shards } = (await keyRow(t, keyId))!;
        expect(await counters(t, keyId)).toHaveLength(shards);
        pass(window === 0 ? 40 * MINUTE : HOUR);
      }
    },
  );

  it("says when there is room again", async () => {
    const { raw } = await key(t, { userId: ada }, { rateLimit: perHour(1) });
    pass(20 * MINUTE);
    const { retryAfterMs } = await exhaust(raw);
    expect(retryAfterMs).toBe(40 * MINUTE + 1);
    pass(retryAfterMs ?? 0);
    expect(outcome(await use(t, raw))).toBe("verified");
  });

  it("fills again evenly with a token bucket, whose fractions make whole uses together", async () => {
    const { raw } = await key(
      t,
      { userId: ada },
      {
        rateLimit: {
          maxRequests: 160,
          windowMs: 160 * SECOND,
          kind: "tokenBucket",
        },
      },
    );
    expect((await exhaust(raw)).uses).toBe(160);
    for (let second = 0; second < 3; second += 1) {
      pass(SECOND);
      expect((await exhaust(raw)).uses).toBe(1);
    }
    pass(160 * SECOND);
    expect((await exhaust(raw)).uses).toBe(160);
  });

  it("passes as often as its quota says, and no more ever, which is marked once", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { quota: { remaining: 40 } },
    );
    expect(await exhaust(raw)).toEqual({
      ...{ uses: 40, code: "API_KEY_QUOTA_EXCEEDED" },
      ...{ message: expect.any(String) as string },
    });
    expect(await keyRow(t, keyId)).toMatchObject({
      ...{ exhaustedTime: START, purgeTime: START + 30 * DAY, revoked: false },
    });
    pass(DAY);
    const before = await stored(t);
    expect((await exhaust(raw)).uses).toBe(0);
    expect(await stored(t)).toEqual(before);
    expect(
      (await events(t)).filter((event) => event === "apiKeyExhausted"),
    ).toHaveLength(1);
  });

  it("has its quota refilled, whatever was left, and is not marked meanwhile", async () => {
    const quota = { remaining: 5, refillAmount: 30, refillInterval: DAY };
    const { keyId, raw } = await key(t, { userId: ada }, { quota });
    expect((await exhaust(raw)).uses).toBe(5);
    pass(DAY);
    expect((await exhaust(raw)).uses).toBe(30);
    pass(DAY);
    await use(t, raw);
    pass(DAY);
    expect(await exhaust(raw)).toMatchObject({
      ...{ uses: 30, retryAfterMs: DAY + 1 },
    });
    expect((await keyRow(t, keyId))!.exhaustedTime).toBeUndefined();
  });

  it("spends nothing of one limit when the other refuses", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: perHour(20), quota: { remaining: 30 } },
    );
    expect(await exhaust(raw)).toMatchObject({
      ...{ uses: 20, code: "API_KEY_RATE_LIMITED" },
    });
    const before = await stored(t);
    for (let index = 0; index < 20; index += 1) {
      expect(outcome(await use(t, raw))).toBe("API_KEY_RATE_LIMITED");
    }
    expect(await stored(t)).toEqual(before);
    pass(HOUR);
    expect(await exhaust(raw)).toMatchObject({
      ...{ uses: 10, code: "API_KEY_QUOTA_EXCEEDED" },
    });
    expect((await keyRow(t, keyId))!.exhaustedTime).toBe(START + HOUR);
  });

  it("spends nothing when it is refused for another reason", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: perHour(1), quota: { remaining: 1 } },
    );
    const fields = { request: request("project", "delete") };
    done(await changeKey(t, keyId, { data: { enabled: false } }));
    const disabled = await stored(t);
    expect(outcome(await use(t, raw))).toBe("API_KEY_DISABLED");
    expect(await stored(t)).toEqual(disabled);
    done(await changeKey(t, keyId, { data: { enabled: true } }));
    const before = await stored(t);
    expect(outcome(await use(t, raw, fields))).toBe("SCOPE_CHECK_FAILED");
    expect(await stored(t)).toEqual(before);
    expect((await exhaust(raw)).uses).toBe(1);
  });

  it("passes no more often when many use it at the same time", async () => {
    const { raw } = await key(t, { userId: ada }, { rateLimit: perHour(24) });
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => use(t, raw)),
    );
    expect(answers.filter((answer) => answer.kind === "verified")).toHaveLength(
      24,
    );
  });

  it("keeps what was used when its limits change", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: perHour(160), quota: { remaining: 500 } },
    );
    for (let index = 0; index < 30; index += 1) {
      await use(t, raw);
    }
    done(await changeKey(t, keyId, { data: { rateLimit: perHour(40) } }));
    expect((await exhaust(raw)).uses).toBe(10);
    done(await changeKey(t, keyId, { data: { rateLimit: perHour(100) } }));
    expect((await exhaust(raw)).uses).toBe(60);
    // The quota has counted all of them.
    done(await changeKey(t, keyId, { removed: ["rateLimit"] }));
    expect((await exhaust(raw)).uses).toBe(400);
  });

  it("works again with a new quota, and is not deleted for the old one", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { quota: { remaining: 1 } },
    );
    await exhaust(raw);
    done(await changeKey(t, keyId, { data: { quota: { remaining: 2 } } }));
    const row = (await keyRow(t, keyId))!;
    expect([row.exhaustedTime, row.purgeTime]).toEqual([undefined, undefined]);
    expect((await exhaust(raw)).uses).toBe(2);
  });

  it("is not counted any more without limits", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      { rateLimit: perHour(100), quota: { remaining: 100 } },
    );
    await use(t, raw);
    done(await changeKey(t, keyId, { removed: ["rateLimit", "quota"] }));
    expect(await counters(t, keyId)).toEqual([]);
    expect(outcome(await look(t, raw))).toBe("verified");
    const document = (await t.query(api.key.read.get, { keyId }))!;
    expect([document.rateLimit, document.quota]).toEqual([
      ...[undefined, undefined],
    ]);
  });
});

describe("what is left of the limits of a key", () => {
  it("is told, without the counts themselves", async () => {
    const { keyId, raw } = await key(
      t,
      { userId: ada },
      {
        quota: { remaining: 40 },
        rateLimit: { maxRequests: 200, windowMs: HOUR },
      },
    );
    const usage = () => t.query(api.keyUse.usage, { keyId });
    expect(await usage()).toEqual({
      ...{ rateLimit: { remaining: 200 }, quota: { remaining: 40 } },
    });
    for (let index = 0; index < 30; index += 1) {
      expect(outcome(await use(t, raw))).toBe("verified");
    }
    expect(await usage()).toEqual({
      rateLimit: { remaining: 170, resetTime: START + HOUR },
      quota: { remaining: 10 },
    });
    pass(HOUR);
    expect(await usage()).toEqual({
      ...{ rateLimit: { remaining: 200 }, quota: { remaining: 10 } },
    });
  });

  it("is nothing for a key without limits, and null for no key", async () => {
    const { keyId } = await key(t, { userId: ada });
    expect(await t.query(api.keyUse.usage, { keyId })).toEqual({});
    for (const none of [ada, "nonsense"]) {
      expect(await t.query(api.keyUse.usage, { keyId: none })).toBeNull();
    }
  });
});
