import type { FunctionArgs } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import {
  api,
  deploy,
  HOUR,
  ISSUER,
  outcome,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { deleteGroup } from "./fixture/deletions.js";
import { done, join, organization, person, remove } from "./fixture/groups.js";
import {
  counters,
  key,
  keyRow,
  KEYS,
  look,
  request,
  scope,
  stored,
  use,
} from "./fixture/keys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

type Question = Parameters<typeof use>[2];

/** What is wrong with a key, or with how it is presented. */
type Fault = {
  row?: Partial<Doc<"ApiKey">>;
  owner?: Partial<Doc<"User">> | "gone";
  question?: Question;
};

const TWO_KINDS = {
  configurations: [{ configId: "default" }, { configId: "other" }],
};

/** The steps of a verification in their order, each with what it refuses. */
const STEPS: readonly (readonly [string, string, Fault])[] = [
  [
    "an unknown secret",
    "INVALID_API_KEY",
    { row: { secretHash: "A".repeat(43) } },
  ],
  [
    "a key of another kind",
    "INVALID_API_KEY",
    { question: { config: TWO_KINDS, configId: "other" } },
  ],
  ["a disabled key", "API_KEY_DISABLED", { row: { enabled: false } }],
  ["a revoked key", "API_KEY_REVOKED", { row: { revoked: true } }],
  ["an expired key", "API_KEY_EXPIRED", { row: { expiresAt: START } }],
  [
    "a key whose owner is banned",
    "API_KEY_OWNER_INACTIVE",
    { owner: { bannedTime: START } },
  ],
  ["a key whose owner is gone", "API_KEY_OWNER_INACTIVE", { owner: "gone" }],
  [
    "a missing scope",
    "SCOPE_CHECK_FAILED",
    { question: { request: request("project", "delete") } },
  ],
  [
    "a quota that is used up",
    "API_KEY_QUOTA_EXCEEDED",
    {
      row: {
        quota: { remaining: 0, refillAmount: 1, refillInterval: HOUR },
        shards: 1,
      },
    },
  ],
  [
    "too many uses in a time",
    "API_KEY_RATE_LIMITED",
    { row: { rateLimit: { maxRequests: 0, windowMs: HOUR }, shards: 1 } },
  ],
];

/** A key with faults, and how to present it. */
async function faulty(...faults: Fault[]) {
  const userId = await person(t, "ada");
  const { keyId, raw } = await key(t, { userId });
  let question: Question = {};
  for (const { row, owner, question: asked } of faults) {
    question = { ...question, ...asked };
    await t.run(async (ctx) => {
      await ctx.db.patch("ApiKey", keyId, row ?? {});
      if (owner === "gone") {
        await ctx.db.delete("User", userId);
      } else if ((await ctx.db.get("User", userId)) !== null) {
        await ctx.db.patch("User", userId, owner ?? {});
      }
    });
  }
  return { keyId, raw, question };
}

async function exchange(
  raw: string,
  fields: Partial<FunctionArgs<typeof api.keyExchange.exchange>> = {},
) {
  return await t.mutation(api.keyExchange.exchange, {
    ...{ config: KEYS, raw, issuer: ISSUER, ...fields },
  });
}

/** The keys and what is counted of them. */
async function kept() {
  const { keys, counters: counts } = await stored(t);
  return { keys, counts };
}

/** What a use, an exchange and a query answer; none of them leaves a trace. */
async function expectRefused(
  { raw, question }: Awaited<ReturnType<typeof faulty>>,
  code: string,
) {
  const before = await kept();
  expect(outcome(await use(t, raw, question))).toBe(code);
  expect(outcome(await exchange(raw, question))).toBe(code);
  const isCount = ["API_KEY_QUOTA_EXCEEDED", "API_KEY_RATE_LIMITED"];
  expect(outcome(await look(t, raw, question))).toBe(
    // A query counts nothing, and leaves this to a mutation.
    isCount.includes(code) ? "limited" : code,
  );
  expect(await kept()).toEqual(before);
}

describe("a verification refuses in this order, and spends nothing:", () => {
  it.each(
    STEPS.map(([name, code, fault], at) => ({
      ...{ name, code, fault },
      at: at + 1,
    })),
  )(
    "step $at, $name, with $code before all that follows",
    async ({ code, fault, at }) => {
      await expectRefused(await faulty(fault), code);
      for (const [, , later] of STEPS.slice(at)) {
        await expectRefused(await faulty(fault, later), code);
      }
    },
  );

  it("all at once are one refusal, by the first", async () => {
    const faults = STEPS.map(([, , fault]) => fault);
    await expectRefused(await faulty(...faults), "INVALID_API_KEY");
  });

  it("what nothing is wrong with is used, and counted once", async () => {
    const rateLimit = { maxRequests: 1, windowMs: HOUR };
    const quota = { remaining: 2 };
    const row = { rateLimit, quota, shards: 1 };
    const { keyId, raw } = await faulty({ row });
    const fields = { request: request("project", "read") };
    expect(outcome(await use(t, raw, fields))).toBe("verified");
    expect(await counters(t, keyId)).toMatchObject([
      { windowUses: 1, quotaUses: 1 },
    ]);
    expect(outcome(await use(t, raw, fields))).toBe("API_KEY_RATE_LIMITED");
    expect(await counters(t, keyId)).toMatchObject([
      { windowUses: 1, quotaUses: 1 },
    ]);
  });

  it("a key of another kind is refused in the words of one that there is not", async () => {
    const other = await faulty(STEPS[1]![2]);
    const unknown = await faulty(STEPS[0]![2]);
    const words = await Promise.all([
      use(t, other.raw, other.question),
      use(t, unknown.raw),
      use(t, "sk_garbage"),
    ]);
    expect(words[1]).toEqual(words[0]);
    expect(words[2]).toEqual(words[0]);
  });
});

describe("the owner of a group's key is asked for after its expiry and before its scopes:", () => {
  let ada: Id<"User">;
  let grace: Id<"User">;
  let acme: Id<"Group">;
  const scopes = [scope("project", "read")];
  const unscoped = { request: request("project", "delete") };

  beforeEach(async () => {
    ada = await person(t, "ada");
    grace = await person(t, "grace");
    acme = await organization(t, ada);
  });

  const expire = (keyId: Id<"ApiKey">) =>
    t.run((ctx) => ctx.db.patch("ApiKey", keyId, { expiresAt: START }));

  it.each([
    ["the group is deleted", "API_KEY_OWNER_INACTIVE", false],
    ["the maker has left", "API_KEY_OWNER_INACTIVE", false],
    ["the maker has left, with revokeOnLeave", "API_KEY_REVOKED", true],
  ])("%s: %s", async (name, code, revokeOnLeave) => {
    const memberId = await join(t, acme, grace, ["owner"]);
    const { keyId, raw } = await key(
      t,
      { groupId: acme },
      { actorUserId: grace, scopes, revokeOnLeave },
    );
    if (name === "the group is deleted") {
      done(await deleteGroup(t, acme));
    } else {
      done(await remove(t, memberId));
    }
    expect(outcome(await look(t, raw, unscoped))).toBe(code);
    await expire(keyId);
    expect(outcome(await look(t, raw, unscoped))).toBe("API_KEY_EXPIRED");
    expect(outcome(await use(t, raw, unscoped))).toBe("API_KEY_EXPIRED");
    expect((await keyRow(t, keyId))!.revoked).toBe(false);
  });

  it("the maker's permissions end: SCOPE_CHECK_FAILED, before the counts", async () => {
    const memberId = await join(t, acme, grace, ["owner"]);
    const { raw } = await key(
      t,
      { groupId: acme },
      {
        ...{ actorUserId: grace, scopes: [scope("project", "delete")] },
        quota: { remaining: 0 },
      },
    );
    await t.run((ctx) =>
      ctx.db.patch("GroupMember", memberId, { roles: ["developer"] }),
    );
    const before = await kept();
    expect(outcome(await use(t, raw, unscoped))).toBe("SCOPE_CHECK_FAILED");
    expect(await kept()).toEqual(before);
  });
});
