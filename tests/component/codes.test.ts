import { beforeEach, describe, expect, it } from "vitest";
import {
  ADA,
  api,
  type Caller,
  deploy,
  events,
  flow,
  from,
  GRACE,
  HOUR,
  opened,
  OTHER_PASSWORD,
  outcome,
  pass,
  PASSWORD,
  refresh,
  sent,
  type Settings,
  signIn,
  signUp,
  START,
  useFrozenClock,
} from "./fixture/backend.js";

useFrozenClock();

const VERIFIED: Settings = { requireEmailVerification: true };

let t: ReturnType<typeof deploy>;
let ada: Caller;

beforeEach(() => {
  t = deploy();
  ada = from(t, "203.0.113.7");
});

const requestReset = (email = ADA) =>
  ada.mutation(api.password.requestReset, flow(email));
const reset = (code: string, email = ADA, newPassword = OTHER_PASSWORD) =>
  ada.mutation(api.password.reset, { ...flow(email), code, newPassword });
const verify = (code: string, verifier?: string, email = ADA) =>
  ada.mutation(api.password.verifyEmail, {
    ...flow(email, VERIFIED),
    ...(verifier === undefined ? { code } : { code, verifier }),
  });
const codes = () => t.run((ctx) => ctx.db.query("VerificationCode").collect());

/** Another code of as many digits. */
const other = (code: string) => (code === "00000000" ? "11111111" : "00000000");

describe("a code", () => {
  it("resets the password once, and ends all other sessions", async () => {
    const before = opened(await signUp(ada));
    await signIn(ada);
    const { code } = sent(await requestReset());
    expect(code).toMatch(/^\d{8}$/);
    const after = opened(await reset(code));
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions.map((session) => session._id)).toEqual([after.sessionId]);
    expect(outcome(await refresh(t, before.refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(outcome(await signIn(ada))).toBe("INVALID_CREDENTIALS");
    opened(await signIn(ada, ADA, OTHER_PASSWORD));
    expect(outcome(await reset(code))).toBe("INVALID_VERIFICATION_CODE");
  });

  it("proves the address it was sent to", async () => {
    await signUp(ada);
    pass(1);
    opened(await reset(sent(await requestReset()).code));
    const user = await t.run((ctx) => ctx.db.query("User").first());
    expect(user).toMatchObject({ emailVerificationTime: START + 1 });
  });

  it("can be tried five times, then even the right one is refused", async () => {
    await signUp(ada);
    const { code } = sent(await requestReset());
    for (let tries = 1; tries <= 5; tries += 1) {
      // From elsewhere each time, so that no lock-out is what refuses.
      const answer = await from(t, `192.0.2.${tries}`).mutation(
        api.password.reset,
        { ...flow(ADA), code: other(code), newPassword: OTHER_PASSWORD },
      );
      expect(outcome(answer)).toBe("INVALID_VERIFICATION_CODE");
      expect((await codes()).map((row) => row.tries)).toEqual(
        tries < 5 ? [tries] : [],
      );
    }
    expect(outcome(await reset(code))).toBe("INVALID_VERIFICATION_CODE");
    opened(await reset(sent(await requestReset()).code));
  });

  it("is bound to its purpose, even when its hash is copied", async () => {
    const { code, verifier } = sent(await signUp(ada, ADA, VERIFIED));
    await requestReset();
    await t.run(async (ctx) => {
      const [mail, forgotten] = await ctx.db
        .query("VerificationCode")
        .collect();
      await ctx.db.patch("VerificationCode", forgotten!._id, {
        codeHash: mail!.codeHash,
      });
    });
    expect(outcome(await reset(code))).toBe("INVALID_VERIFICATION_CODE");
    opened(await verify(code, verifier));
  });

  it("is bound to its identifier", async () => {
    await signUp(ada);
    await signUp(ada, GRACE);
    const mine = sent(await requestReset(ADA)).code;
    const theirs = sent(await requestReset(GRACE)).code;
    expect(mine).not.toBe(theirs);
    expect(outcome(await reset(mine, GRACE))).toBe("INVALID_VERIFICATION_CODE");
    expect(outcome(await reset(theirs, ADA))).toBe("INVALID_VERIFICATION_CODE");
  });

  it("does not stand in for another's, even when its hash is copied", async () => {
    await signUp(ada);
    await signUp(ada, GRACE);
    const { code } = sent(await requestReset(ADA));
    await requestReset(GRACE);
    await t.run(async (ctx) => {
      const [mine, theirs] = await ctx.db.query("VerificationCode").collect();
      await ctx.db.patch("VerificationCode", theirs!._id, {
        codeHash: mine!.codeHash,
      });
    });
    expect(outcome(await reset(code, GRACE))).toBe("INVALID_VERIFICATION_CODE");
  });

  it("is valid for an hour, and not longer", async () => {
    await signUp(ada);
    const late = sent(await requestReset());
    expect(late.expirationTime).toBe(START + HOUR);
    pass(HOUR);
    expect(outcome(await reset(late.code))).toBe("INVALID_VERIFICATION_CODE");
    const timely = sent(await requestReset());
    pass(HOUR - 1);
    opened(await reset(timely.code));
  });

  it("is replaced by a newer one", async () => {
    await signUp(ada);
    const first = sent(await requestReset()).code;
    const second = sent(await requestReset()).code;
    expect(await codes()).toHaveLength(1);
    expect(outcome(await reset(first))).toBe("INVALID_VERIFICATION_CODE");
    opened(await reset(second));
  });

  it("is not used up by a new password that cannot be accepted", async () => {
    await signUp(ada);
    const { code } = sent(await requestReset());
    expect(outcome(await reset(code, ADA, "short"))).toBe("PASSWORD_TOO_SHORT");
    expect((await codes()).map((row) => row.tries)).toEqual([0]);
    opened(await reset(code));
  });

  it("wrong codes lock an address out like wrong passwords, and leave passwords alone", async () => {
    await signUp(ada);
    for (let failure = 0; failure < 5; failure += 1) {
      const { code } = sent(await requestReset());
      expect(outcome(await reset(other(code)))).toBe(
        "INVALID_VERIFICATION_CODE",
      );
    }
    expect(outcome(await reset("12345678"))).toBe("RATE_LIMITED");
    opened(await signIn(ada));
  });
});

describe("proving the address at sign-up", () => {
  it("opens the first session, and the password holds", async () => {
    const { code, verifier } = sent(await signUp(ada, ADA, VERIFIED));
    expect(await t.run((ctx) => ctx.db.query("Session").collect())).toEqual([]);
    opened(await verify(code, verifier));
    opened(await signIn(ada, ADA, PASSWORD, VERIFIED));
    expect(outcome(await verify(code, verifier))).toBe(
      "INVALID_VERIFICATION_CODE",
    );
  });

  it("by another client than the one that chose the password clears the password", async () => {
    const { code } = sent(await signUp(ada, ADA, VERIFIED));
    opened(await verify(code));
    expect(outcome(await signIn(ada, ADA, PASSWORD, VERIFIED))).toBe(
      "INVALID_CREDENTIALS",
    );
    opened(await reset(sent(await requestReset()).code));
  });

  it("a squatter's password never becomes the owner's", async () => {
    const squatter = sent(
      await signUp(from(t, "192.0.2.66"), ADA, VERIFIED, OTHER_PASSWORD),
    );
    const owner = sent(await signUp(ada, ADA, VERIFIED));
    expect(outcome(await verify(squatter.code, squatter.verifier))).toBe(
      "INVALID_VERIFICATION_CODE",
    );
    opened(await verify(owner.code, owner.verifier));
    expect(outcome(await signIn(ada, ADA, OTHER_PASSWORD, VERIFIED))).toBe(
      "INVALID_CREDENTIALS",
    );
    opened(await signIn(ada, ADA, PASSWORD, VERIFIED));
  });

  it("a right password without the proof opens no session, and sends a new code", async () => {
    await signUp(ada, ADA, VERIFIED);
    const { code, verifier } = sent(await signIn(ada, ADA, PASSWORD, VERIFIED));
    expect(await t.run((ctx) => ctx.db.query("Session").collect())).toEqual([]);
    opened(await verify(code, verifier));
  });
});

describe("signing up with an address that has an account", () => {
  it("never signs in, not even with the right password, and never counts as a comparison", async () => {
    await signUp(ada);
    for (let attempt = 0; attempt < 7; attempt += 1) {
      expect(outcome(await signUp(ada))).toBe("ACCOUNT_ALREADY_EXISTS");
      expect(outcome(await signUp(ada, ADA, {}, OTHER_PASSWORD))).toBe(
        "ACCOUNT_ALREADY_EXISTS",
      );
    }
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions).toHaveLength(1);
    opened(await signIn(ada));
    expect(await events(t)).toContain("signUp: ACCOUNT_ALREADY_EXISTS");
  });

  it("with verification opens no session and changes no password", async () => {
    const first = sent(await signUp(ada, ADA, VERIFIED));
    opened(await verify(first.code, first.verifier));
    for (const password of [PASSWORD, OTHER_PASSWORD]) {
      const answer = sent(await signUp(ada, ADA, VERIFIED, password));
      expect(answer).toMatchObject({ purpose: "account-exists", code: "" });
    }
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions).toHaveLength(1);
    expect(await codes()).toEqual([]);
    opened(await signIn(ada, ADA, PASSWORD, VERIFIED));
  });

  it("finds the account however the address is written", async () => {
    await signUp(ada);
    for (const email of [
      "ADA@EXAMPLE.COM",
      " ada@example.com ",
      "ａda@example.com",
    ]) {
      expect(outcome(await signUp(ada, email))).toBe("ACCOUNT_ALREADY_EXISTS");
    }
  });
});

describe("changing the password", () => {
  const change = (
    { userId, sessionId }: { userId: string; sessionId: string },
    currentPassword = PASSWORD,
  ) => {
    const { config, sessionConfig } = flow(ADA);
    return ada.mutation(api.password.change, {
      ...{ config, sessionConfig, userId, sessionId, currentPassword },
      newPassword: OTHER_PASSWORD,
    });
  };

  it("ends the other sessions, keeps this one, and gives it no new tokens", async () => {
    const other = opened(await signUp(ada));
    const present = opened(await signIn(ada));
    expect(await change(present)).toMatchObject({
      ...{ kind: "signedIn", tokens: null },
    });
    expect(outcome(await refresh(t, other.refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(outcome(await refresh(t, present.refreshToken))).toBe("refreshed");
    expect(outcome(await signIn(ada))).toBe("INVALID_CREDENTIALS");
    opened(await signIn(ada, ADA, OTHER_PASSWORD));
  });

  it("needs the password of now, and a session that goes on, of the same user", async () => {
    const mine = opened(await signUp(ada));
    const theirs = opened(await signUp(ada, GRACE));
    expect(outcome(await change(mine, OTHER_PASSWORD))).toBe(
      "INVALID_CREDENTIALS",
    );
    const { userId } = mine;
    const { sessionId } = theirs;
    expect(outcome(await change({ userId, sessionId }))).toBe("NOT_SIGNED_IN");
    await t.mutation(api.session.end.signOut, {
      ...{ userId, sessionId: mine.sessionId },
    });
    expect(outcome(await change(mine))).toBe("NOT_SIGNED_IN");
    opened(await signIn(ada));
  });

  it("is refused to a user without a password", async () => {
    const { sessionId } = opened(await signUp(ada));
    const userId = await t.run((ctx) => ctx.db.insert("User", {}));
    expect(outcome(await change({ userId, sessionId }))).toBe(
      "ACCOUNT_NOT_FOUND",
    );
  });
});
