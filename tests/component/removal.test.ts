import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  ADA,
  api,
  deploy,
  from,
  GRACE,
  opened,
  outcome,
  refresh,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

/** A user with as many sessions as there can be, and a long history. */
async function veteran(): Promise<Id<"User">> {
  const settings = { session: { maxSessions: 100 } };
  const caller = from(t, "203.0.113.7");
  const { userId } = opened(await signUp(caller, ADA, settings));
  return await t.run(async (ctx) => {
    const id = ctx.db.normalizeId("User", userId)!;
    const session = (await ctx.db.query("Session").first())!;
    const token = (await ctx.db.query("RefreshToken").first())!;
    const { _id, _creationTime, ...sessionFields } = session;
    const { _id: _, _creationTime: __, ...tokenFields } = token;
    for (let index = 1; index < 100; index += 1) {
      const sessionId = await ctx.db.insert("Session", sessionFields);
      await ctx.db.insert("RefreshToken", {
        ...{ ...tokenFields, sessionId, familyHash: `family ${index}` },
      });
    }
    for (let index = 0; index < 1_500; index += 1) {
      await ctx.db.insert("AuditEvent", {
        ...{ event: "signIn", outcome: "success", userId },
        ...{ ipAddress: "203.0.113.7", userAgent: "Firefox" },
      });
    }
    return id;
  });
}

describe("removing a user with a hundred sessions and 1,500 events", () => {
  it("hides the user at once, before the batches have run", async () => {
    const id = await veteran();
    await signUp(t, GRACE);
    const answer = await t.mutation(api.removal.removeUser, {
      ...{ userId: id, cascade: true },
    });
    expect(answer).toEqual({ kind: "done" });
    expect(await t.query(api.user.read.get, { userId: id })).toBeNull();
    expect(outcome(await signIn(t))).toBe("INVALID_CREDENTIALS");
    const options = { userId: id, limit: 200, cursor: null };
    expect((await t.query(api.session.list.list, options)).items).toEqual([]);
    expect((await t.query(api.account.list, { userId: id })).items).toEqual([]);
  });

  it("works in batches inside Convex's limits until nothing is left but events without addresses and devices", async () => {
    const id = await veteran();
    const grace = opened(await signUp(from(t, "192.0.2.1"), GRACE));
    await t.mutation(api.removal.removeUser, { userId: id, cascade: true });
    const halfway = await t.run((ctx) => ctx.db.query("AuditEvent").collect());
    expect(
      halfway.filter((event) => event.ipAddress === "203.0.113.7").length,
    ).toBeGreaterThan(1_000);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const rows = await t.run(async (ctx) => ({
      sessions: await ctx.db.query("Session").collect(),
      tokens: await ctx.db.query("RefreshToken").collect(),
      events: await ctx.db.query("AuditEvent").collect(),
      jobs: await ctx.db.system.query("_scheduled_functions").collect(),
    }));
    expect(rows.sessions.map((row) => row._id)).toEqual([grace.sessionId]);
    expect(rows.tokens).toHaveLength(1);
    const own = rows.events.filter((event) => event.userId === id);
    expect(own.length).toBeGreaterThan(1_500);
    expect(own.some((event) => event.ipAddress ?? event.userAgent)).toBe(false);
    expect(rows.jobs.length).toBeGreaterThan(7);
    expect(rows.jobs.every((job) => job.state.kind === "success")).toBe(true);
    expect(outcome(await refresh(t, grace.refreshToken))).toBe("refreshed");
  });

  it("cannot be done twice", async () => {
    const { userId } = opened(await signUp(t));
    await t.mutation(api.removal.removeUser, { userId, cascade: true });
    const again = await t.mutation(api.removal.removeUser, {
      ...{ userId, cascade: true },
    });
    expect(outcome(again)).toBe("USER_NOT_FOUND");
  });
});
