import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  ADA,
  api,
  DAY,
  deploy,
  events,
  flow,
  MINUTE,
  opened,
  OTHER_PASSWORD,
  outcome,
  pass,
  proveAddress,
  PASSWORD,
  sent,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  asked,
  confirm,
  enroll,
  type Identity,
  identityOf,
  pending,
  proofFlow,
  setUpTotp,
  verify,
} from "./fixture/secondFactors.js";
import { totpCode, wrongCode } from "./fixture/totp.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Identity;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
});

/** Everything that could be used to get in. */
const credentials = async () =>
  await t.run(async (ctx) => ({
    sessions: (await ctx.db.query("Session").collect()).length,
    refreshTokens: (await ctx.db.query("RefreshToken").collect()).length,
  }));
const challenges = () =>
  t.run((ctx) => ctx.db.query("SecondFactorChallenge").collect());
const userRow = () =>
  t.run((ctx) => ctx.db.get("User", ada.userId as Id<"User">));

describe("an authenticator app", () => {
  it("is live after its first code, which replaces the session by a fresh one", async () => {
    const { identity, recoveryCodes } = await setUpTotp(t, ada);
    expect(identity.sessionId).not.toBe(ada.sessionId);
    expect(recoveryCodes).toHaveLength(10);
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.authenticationMethods).toEqual(["pwd", "otp", "mfa"]);
    expect(await userRow()).toMatchObject({ secondFactorTime: Date.now() });
    expect(await events(t)).toEqual(
      expect.arrayContaining(["secondFactorEnrolled", "recoveryCodesIssued"]),
    );
  });

  it("keeps its secret encrypted, and is shown without it", async () => {
    const { secret } = await setUpTotp(t, ada);
    const rows = await t.run((ctx) => ctx.db.query("TotpFactor").collect());
    expect(JSON.stringify(rows)).not.toContain(secret);
    const [shown] = await t.query(api.totp.list, { userId: ada.userId });
    expect(Object.keys(shown ?? {}).sort()).toEqual([
      ...["_creationTime", "_id", "algorithm", "digits", "period"],
      ...["userId", "verifiedTime"],
    ]);
  });

  it("that waits for its first code changes nothing at sign-in", async () => {
    await enroll(t, ada);
    expect(outcome(await signIn(t))).toBe("signedIn");
  });

  it("that waits leaves the live one as it is", async () => {
    const { secret, identity } = await setUpTotp(t, ada);
    pass(MINUTE);
    pending(await enroll(t, identity));
    pending(await enroll(t, identity));
    const rows = await t.run((ctx) => ctx.db.query("TotpFactor").collect());
    expect(rows).toHaveLength(2);
    const { verifier } = asked(await signIn(t));
    const answer = await verify(t, { verifier, code: await totpCode(secret) });
    expect(outcome(answer)).toBe("signedIn");
  });

  it("cannot be added by a password alone beside a live one", async () => {
    await setUpTotp(t, ada);
    const other = await t.run((ctx) =>
      ctx.db.insert("Session", {
        userId: ada.userId as Id<"User">,
        ...{ provider: "password", authenticationMethods: ["pwd"] },
        ...{ expirationTime: Date.now() + DAY, lastActiveTime: Date.now() },
        authenticationTime: Date.now(),
      }),
    );
    const answer = await enroll(t, { userId: ada.userId, sessionId: other });
    expect(answer).toMatchObject({
      refusal: {
        ...{ code: "STEP_UP_REQUIRED", maxAge: 300 },
        methods: ["totp", "recoveryCode"],
      },
    });
  });

  it("belongs to its user, and needs a session that goes on", async () => {
    const { secret, totpId } = pending(await enroll(t, ada));
    const grace = identityOf(await signUp(t, "grace@example.com"));
    const code = await totpCode(secret);
    expect(outcome(await confirm(t, grace, totpId, code))).toBe(
      "TOTP_NOT_FOUND",
    );
    const odd = { ...ada, userId: grace.userId };
    expect(outcome(await confirm(t, odd, totpId, code))).toBe("NOT_SIGNED_IN");
    expect(outcome(await confirm(t, ada, totpId, code))).toBe("signedIn");
  });
});

describe("a sign-in with a second factor", () => {
  let secret: string;
  let recoveryCodes: string[];

  beforeEach(async () => {
    const app = await setUpTotp(t, ada);
    ({ secret, recoveryCodes } = app);
    ada = app.identity;
    pass(MINUTE);
  });

  it("hands out no credential of any kind before it", async () => {
    const before = await credentials();
    const answer = asked(await signIn(t));
    expect(Object.keys(answer).sort()).toEqual([
      ...["kind", "methods", "userId", "verifier"],
    ]);
    expect(answer.methods).toEqual(["totp", "recoveryCode"]);
    expect(await credentials()).toEqual(before);
    const [row] = await challenges();
    expect(JSON.stringify(row)).not.toContain(answer.verifier);
    expect((await events(t)).at(-1)).toBe("secondFactorRequested");
  });

  it("opens one session for one challenge", async () => {
    const { verifier } = asked(await signIn(t));
    const code = await totpCode(secret);
    const session = opened(await verify(t, { verifier, code }));
    expect(session.userId).toBe(ada.userId);
    expect(await challenges()).toEqual([]);
    const again = await verify(t, {
      verifier,
      code: await totpCode(secret, 1),
    });
    expect(outcome(again)).toBe("TOTP_INVALID_VERIFIER");
  });

  it("accepts a code once, and none of a step before", async () => {
    const first = asked(await signIn(t));
    const second = asked(await signIn(t));
    const code = await totpCode(secret);
    await verify(t, { verifier: first.verifier, code });
    for (const steps of [0, -1]) {
      const replayed = await verify(t, {
        ...{ verifier: second.verifier, code: await totpCode(secret, steps) },
      });
      expect(outcome(replayed)).toBe("TOTP_INVALID_CODE");
    }
  });

  it("counts wrong codes, though it refuses: five for a challenge, ten for a user", async () => {
    const code = await wrongCode(secret);
    for (let challenge = 0; challenge < 2; challenge += 1) {
      const { verifier } = asked(await signIn(t));
      for (let tries = 0; tries < 5; tries += 1) {
        const refused = await verify(t, { verifier, code });
        expect(outcome(refused)).toBe("TOTP_INVALID_CODE");
      }
      const void_ = await verify(t, { verifier, code: await totpCode(secret) });
      expect(outcome(void_)).toBe("TOTP_INVALID_VERIFIER");
    }
    const { verifier } = asked(await signIn(t));
    const right = await verify(t, { verifier, code: await totpCode(secret) });
    expect(right).toMatchObject({
      refusal: { code: "RATE_LIMITED", retryAfterMs: 15 * MINUTE },
    });
    // Another factor does not go round the lock, nor does a session.
    const recovery = { method: "recoveryCode" as const, verifier };
    const [recoveryCode = ""] = recoveryCodes;
    expect(outcome(await verify(t, { ...recovery, code: recoveryCode }))).toBe(
      "RATE_LIMITED",
    );
    const stepUp = await verify(t, {
      ...{ identity: ada, code: await totpCode(secret) },
    });
    expect(outcome(stepUp)).toBe("RATE_LIMITED");
    expect(await events(t)).toContain("secondFactorLocked");
    pass(15 * MINUTE);
    const later = asked(await signIn(t));
    const answer = await verify(t, {
      ...{ verifier: later.verifier, code: await totpCode(secret) },
    });
    expect(outcome(answer)).toBe("signedIn");
  });

  it("waits ten minutes", async () => {
    const { verifier } = asked(await signIn(t));
    pass(10 * MINUTE);
    const late = await verify(t, { verifier, code: await totpCode(secret) });
    expect(outcome(late)).toBe("TOTP_INVALID_VERIFIER");
    expect(await challenges()).toEqual([]);
  });

  it("accepts each recovery code once", async () => {
    const [code = ""] = recoveryCodes;
    const recover = async () =>
      await verify(t, {
        verifier: asked(await signIn(t)).verifier,
        ...{ method: "recoveryCode", code },
      });
    expect(outcome(await recover())).toBe("signedIn");
    expect(outcome(await recover())).toBe("INVALID_RECOVERY_CODE");
    const status = await t.query(api.secondFactor.status, {
      userId: ada.userId,
    });
    expect(status.recoveryCodesLeft).toBe(9);
    const rows = await t.run((ctx) => ctx.db.query("RecoveryCodes").collect());
    for (const recoveryCode of recoveryCodes) {
      expect(JSON.stringify(rows)).not.toContain(recoveryCode);
    }
  });

  it("is not passed by resetting the password", async () => {
    await proveAddress(t, ada.userId);
    const mail = sent(await t.mutation(api.password.requestReset, flow(ADA)));
    const answer = await t.mutation(api.password.reset, {
      ...{ ...flow(ADA), code: mail.code, newPassword: OTHER_PASSWORD },
    });
    expect(asked(answer).methods).toEqual(["totp", "recoveryCode"]);
    expect(await credentials()).toEqual({ sessions: 0, refreshTokens: 0 });
  });

  it("is not passed by the app's own check", async () => {
    const answer = await t.mutation(api.appSignIn.complete, {
      ...{ ...proofFlow(), provider: "legacy", userId: ada.userId },
      identifier: "ada",
    });
    expect(outcome(answer)).toBe("secondFactorRequired");
  });

  it("is void when the password changes meanwhile", async () => {
    const { verifier } = asked(await signIn(t));
    const { config, sessionConfig } = flow(ADA);
    const changed = await t.mutation(api.password.change, {
      ...{ config, sessionConfig, ...ada },
      ...{ currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    });
    expect(outcome(changed)).toBe("signedIn");
    const answer = await verify(t, { verifier, code: await totpCode(secret) });
    expect(outcome(answer)).toBe("TOTP_INVALID_VERIFIER");
  });

  it("is not finished by somebody who was banned meanwhile", async () => {
    const { verifier } = asked(await signIn(t));
    await t.run((ctx) =>
      ctx.db.patch("User", ada.userId as Id<"User">, {
        bannedTime: Date.now(),
      }),
    );
    const answer = await verify(t, { verifier, code: await totpCode(secret) });
    expect(outcome(answer)).toBe("USER_BANNED");
  });

  it("says nothing useful to who makes verifiers and codes up", async () => {
    for (const verifier of ["", "mfa_x", "x".repeat(100_000)]) {
      const answer = await verify(t, { verifier, code: "123456" });
      expect(outcome(answer)).toBe("TOTP_INVALID_VERIFIER");
    }
    const { verifier } = asked(await signIn(t));
    for (const code of ["", "1", "x".repeat(100_000), "１２３４５６"]) {
      const answer = await verify(t, { verifier, code });
      expect(outcome(answer)).toBe("TOTP_INVALID_CODE");
    }
    expect((await challenges())[0]?.tries).toBe(0);
  });
});
