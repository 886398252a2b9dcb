import { beforeEach, describe, expect, it, vi } from "vitest";
import schema from "../../component/schema.js";
import {
  ADA,
  api,
  type Caller,
  DAY,
  deploy,
  flow,
  GRACE,
  HOUR,
  internal,
  MINUTE,
  opened,
  pass,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

const cleanUp = async () => {
  await t.mutation(internal.cleanup.deleteExpired, {});
  await t.finishAllScheduledFunctions(vi.runAllTimers);
};

/** Every row of every table. */
async function everything(caller: Caller) {
  return await caller.run(async (ctx) => {
    const tables: Record<string, unknown[]> = {};
    for (const table of Object.keys(schema.tables)) {
      tables[table] = await ctx.db
        .query(table as keyof typeof schema.tables)
        .collect();
    }
    return tables;
  });
}

describe("the cleanup", () => {
  it("deletes nothing that has not expired", async () => {
    await signUp(t);
    await signIn(t, GRACE);
    await t.mutation(api.password.requestReset, flow(ADA));
    const before = await everything(t);
    await cleanUp();
    expect(await everything(t)).toEqual(before);
    pass(10 * MINUTE);
    await cleanUp();
    const after = await everything(t);
    expect(after).toEqual({ ...before, RateLimit: after.RateLimit });
  });

  it("deletes a thousand expired counters in bounded transactions, and leaves the live ones", async () => {
    const now = Date.now();
    await t.run(async (ctx) => {
      for (let index = 0; index < 1_010; index += 1) {
        await ctx.db.insert("RateLimit", {
          ...{ key: `key ${index}`, value: 1, updatedTime: now - DAY },
          expirationTime: index < 1_000 ? now - index : now + 1 + index,
        });
      }
    });
    await t.mutation(internal.cleanup.deleteExpired, {});
    const rows = () => t.run((ctx) => ctx.db.query("RateLimit").collect());
    const first = 1_010 - (await rows()).length;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(1_000);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const left = await rows();
    expect(left).toHaveLength(10);
    expect(left.every((row) => row.expirationTime > now)).toBe(true);
  });

  it("deletes sessions that are over or idle, with their tokens", async () => {
    await signUp(t);
    pass(10 * DAY);
    const { sessionId } = opened(await signIn(t));
    pass(4 * DAY);
    await cleanUp();
    const { Session, RefreshToken } = await everything(t);
    expect(Session).toMatchObject([{ _id: sessionId }]);
    expect(RefreshToken).toMatchObject([{ sessionId }]);
    pass(10 * DAY);
    await cleanUp();
    expect(await everything(t)).toMatchObject({
      ...{ Session: [], RefreshToken: [] },
      ...{ User: [{ email: ADA }], Account: [{ accountId: ADA }] },
    });
  });

  it("deletes hundreds of sessions over several transactions", async () => {
    await t.run(async (ctx) => {
      const userId = await ctx.db.insert("User", {});
      for (let index = 0; index < 450; index += 1) {
        const expirationTime = Date.now() - 1;
        const sessionId = await ctx.db.insert("Session", {
          ...{ userId, expirationTime, lastActiveTime: 0, provider: "p" },
          ...{ authenticationTime: 0, authenticationMethods: ["pwd"] },
        });
        await ctx.db.insert("RefreshToken", {
          ...{ sessionId, familyHash: `${index}`, tokenHash: "t" },
          expirationTime,
        });
      }
    });
    await cleanUp();
    expect(await everything(t)).toMatchObject({
      ...{ Session: [], RefreshToken: [] },
    });
  });

  it("deletes codes when they expire", async () => {
    await signUp(t);
    await t.mutation(api.password.requestReset, flow(ADA));
    pass(HOUR - 1);
    await cleanUp();
    expect((await everything(t)).VerificationCode).toHaveLength(1);
    pass(1);
    await cleanUp();
    expect((await everything(t)).VerificationCode).toEqual([]);
  });

  it("keeps audit events for 90 days", async () => {
    const { userId } = opened(await signUp(t));
    pass(90 * DAY - MINUTE);
    await cleanUp();
    const events = () =>
      t.query(api.audit.list, { userId, limit: 50, cursor: null });
    expect((await events()).items).toHaveLength(2);
    pass(2 * MINUTE);
    await cleanUp();
    expect((await events()).items).toEqual([]);
  });
});
