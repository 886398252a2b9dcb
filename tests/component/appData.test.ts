import { beforeEach, describe, expect, it } from "vitest";
import {
  api,
  deploy,
  opened,
  outcome,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import { identityOf } from "./fixture/secondFactors.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

describe("a user whose app data hold a value that JSON does not have", () => {
  it.each([
    ["an integer of 64 bits", 7n],
    ["bytes", new ArrayBuffer(2)],
    ["no number", Number.NaN],
  ])("signs in (%s)", async (_kind, value) => {
    const { userId } = identityOf(await signUp(t));
    await t.mutation(api.userPatch.apply, {
      userId,
      data: { extend: { value } },
    });
    opened(await signIn(t));
  });
});

describe("a one-time token whose data hold a value that JSON does not have", () => {
  it.each([7n, new ArrayBuffer(2)])("is redeemed (%s)", async (value) => {
    const data = { value };
    const made = await t.mutation(api.oneTimeToken.create, {
      purpose: "test",
      data,
    });
    if (made.kind === "refused") throw new Error(made.refusal.code);
    const { token } = made;
    expect(
      await t.mutation(api.oneTimeToken.verify, { token, purpose: "test" }),
    ).toEqual({ kind: "done", data });
  });
});

describe("a session that may have any age", () => {
  it("is asked for what it lacks besides", async () => {
    const { userId, sessionId } = identityOf(await signUp(t));
    await t.run(async (ctx) => {
      const id = ctx.db.normalizeId("Session", sessionId);
      if (id === null) throw new Error("there is no session");
      await ctx.db.patch("Session", id, { authenticationTime: Number.NaN });
    });
    const answer = await t.query(api.sessionFresh.check, {
      userId,
      sessionId,
      stepUp: { maxAge: Infinity },
    });
    expect(outcome(answer)).toBe("STEP_UP_REQUIRED");
  });
});

describe("a time that is no point in time", () => {
  it.each([Infinity, Number.NaN])(
    "is stored or refused as the proof of an address (%s), with no exception",
    async (emailVerificationTime) => {
      const { userId } = identityOf(await signUp(t));
      const answer = await t.mutation(api.userPatch.apply, {
        userId,
        data: { emailVerificationTime },
      });
      expect(["done", "INVALID_PARAMETERS"]).toContain(outcome(answer));
    },
  );
});
