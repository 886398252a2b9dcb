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
const devices = () => t.run((ctx) => ctx.db.query("TrustedDevice").collect());
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
    const { secret, identity } = await setUpTotp(t, ada);
    const rows = await t.run((ctx) => ctx.db.query("TotpFactor").collect());
    expect(JSON.stringify(rows)).not.toContain(secret);
    const listed = await t.query(api.totp.list, identity).catch(() => null);
    expect(listed).toBeNull();
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
    expect(Object.keys(answer).sort()).toEqual(["kind", "methods", "verifier"]);
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
      expect(outcome(void_)).toBe(
        challenge === 0 ? "TOTP_INVALID_VERIFIER" : "TOTP_INVALID_VERIFIER",
      );
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
    await t.run((ctx) =>
      ctx.db.patch("User", ada.userId as Id<"User">, {
        emailVerificationTime: Date.now(),
      }),
    );
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

describe("a trusted device", () => {
  let secret: string;

  beforeEach(async () => {
    const app = await setUpTotp(t, ada);
    secret = app.secret;
    ada = app.identity;
    pass(MINUTE);
  });

  async function trust(): Promise<string> {
    const { verifier } = asked(await signIn(t));
    const answer = await verify(t, {
      ...{ verifier, code: await totpCode(secret), trustDevice: true },
    });
    pass(MINUTE);
    return answer.kind === "signedIn" ? (answer.trustedDevice ?? "") : "";
  }
  const signInOn = async (trustedDevice: string) =>
    await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, trustedDevice },
    });

  it("is asked again after 30 days, and its token is replaced by each use", async () => {
    let token = await trust();
    expect(JSON.stringify(await devices())).not.toContain(token);
    const used = await signInOn(token);
    const next = used.kind === "signedIn" ? (used.trustedDevice ?? "") : "";
    expect(next).not.toBe("");
    expect(outcome(await signInOn(token))).toBe("secondFactorRequired");
    token = next;
    pass(30 * DAY - 5 * MINUTE);
    const last = await signInOn(token);
    expect(outcome(last)).toBe("signedIn");
    token = last.kind === "signedIn" ? (last.trustedDevice ?? "") : "";
    pass(5 * MINUTE);
    expect(outcome(await signInOn(token))).toBe("secondFactorRequired");
  });

  it("opens a session that has not proved two factors", async () => {
    const used = await signInOn(await trust());
    const { sessionId } = opened(used);
    const session = await t.run((ctx) =>
      ctx.db.get("Session", sessionId as Id<"Session">),
    );
    expect(session?.authenticationMethods).toEqual(["pwd", "device"]);
    const fresh = await t.query(api.sessionFresh.check, {
      ...{ userId: ada.userId, sessionId },
    });
    expect(outcome(fresh)).toBe("STEP_UP_REQUIRED");
  });

  it("is of one user", async () => {
    const token = await trust();
    const grace = identityOf(await signUp(t, "grace@example.com"));
    await setUpTotp(t, grace);
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow("grace@example.com"), password: PASSWORD },
      trustedDevice: token,
    });
    expect(outcome(answer)).toBe("secondFactorRequired");
    expect(outcome(await signInOn(token))).toBe("signedIn");
  });

  it("is forgotten when the password changes", async () => {
    const token = await trust();
    const { config, sessionConfig } = flow(ADA);
    await t.mutation(api.password.change, {
      ...{ config, sessionConfig, ...ada },
      ...{ currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    });
    expect(await devices()).toEqual([]);
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: OTHER_PASSWORD, trustedDevice: token },
    });
    expect(outcome(answer)).toBe("secondFactorRequired");
  });

  it("is forgotten by its user, one or all", async () => {
    await trust();
    await trust();
    const [first] = await devices();
    const { userId } = ada;
    await t.mutation(api.trustedDevice.remove, {
      ...{ userId, trustedDeviceId: first?._id ?? "" },
    });
    expect(await devices()).toHaveLength(1);
    await t.mutation(api.trustedDevice.remove, { userId });
    expect(await devices()).toEqual([]);
  });
});

describe("removing an authenticator app", () => {
  it("takes recovery codes, trusted devices and the mark of the user with it", async () => {
    const { totpId, identity } = await setUpTotp(t, ada);
    const removed = await t.mutation(api.totp.remove, {
      ...{ totpId, actor: identity },
    });
    expect(outcome(removed)).toBe("done");
    const left = await t.run(async (ctx) => [
      ...(await ctx.db.query("TotpFactor").collect()),
      ...(await ctx.db.query("RecoveryCodes").collect()),
    ]);
    expect(left).toEqual([]);
    expect((await userRow())?.secondFactorTime).toBeUndefined();
    expect(outcome(await signIn(t))).toBe("signedIn");
  });

  it("needs a fresh proof of it, unless the app does it", async () => {
    const { totpId, identity, secret } = await setUpTotp(t, ada);
    pass(6 * MINUTE);
    const remove = async (actor?: Identity) =>
      outcome(
        await t.mutation(api.totp.remove, {
          ...{ totpId, ...(actor && { actor }) },
        }),
      );
    expect(await remove(identity)).toBe("STEP_UP_REQUIRED");
    const grace = identityOf(await signUp(t, "grace@example.com"));
    expect(await remove(grace)).toBe("TOTP_NOT_FOUND");
    const stepped = await verify(t, {
      ...{ identity, code: await totpCode(secret) },
    });
    const fresh = identityOf(stepped);
    expect(fresh.sessionId).not.toBe(identity.sessionId);
    expect(await remove(identity)).toBe("TOTP_NOT_FOUND");
    expect(await remove(fresh)).toBe("done");
  });

  it("is refused for the last one while the app asks for one", async () => {
    const required = { secondFactor: { policy: "required" as const } };
    const { totpId, identity } = await setUpTotp(t, ada);
    const remove = async (actor?: Identity) =>
      outcome(
        await t.mutation(api.totp.remove, {
          ...{ totpId, ...required, ...(actor && { actor }) },
        }),
      );
    expect(await remove(identity)).toBe("LAST_SECOND_FACTOR");
    expect(await remove()).toBe("done");
  });
});

describe("an app that asks everybody for a second factor", () => {
  const secondFactor = { policy: "required" as const };
  const signInRequired = async () =>
    await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, secondFactor },
    });

  it("gives who has none a session that is good for setting one up only", async () => {
    const answer = await signInRequired();
    expect(answer).toMatchObject({ restriction: "secondFactorEnrollment" });
    const restricted = identityOf(answer);
    const { token } = opened(answer);
    const [, payload = ""] = token.split(".");
    const claims = JSON.parse(
      atob(payload.replaceAll("-", "+").replaceAll("_", "/")),
    ) as {
      sub: string;
    };
    expect(claims.sub).toBe(
      `${restricted.userId}|${restricted.sessionId}|restricted`,
    );
    const fresh = await t.query(api.sessionFresh.check, restricted);
    expect(outcome(fresh)).toBe("NOT_SIGNED_IN");
    const { config, sessionConfig } = flow(ADA);
    const changed = await t.mutation(api.password.change, {
      ...{ config, sessionConfig, ...restricted },
      ...{ currentPassword: PASSWORD, newPassword: OTHER_PASSWORD },
    });
    expect(outcome(changed)).toBe("NOT_SIGNED_IN");
    const { identity } = await setUpTotp(t, restricted, { secondFactor });
    const row = await t.run((ctx) =>
      ctx.db.get("Session", identity.sessionId as Id<"Session">),
    );
    expect(row?.restriction).toBeUndefined();
    expect(
      await t.run((ctx) =>
        ctx.db.get("Session", restricted.sessionId as Id<"Session">),
      ),
    ).toBeNull();
  });

  it("sets nothing up where second factors are off", async () => {
    const answer = await enroll(t, ada, { secondFactor: { policy: "off" } });
    expect(outcome(answer)).toBe("SECOND_FACTORS_OFF");
    await setUpTotp(t, ada);
    const off = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, secondFactor: { policy: "off" } },
    });
    expect(outcome(off)).toBe("signedIn");
  });
});

describe("recovery codes", () => {
  it("are made anew in a fresh session, and those of before are void", async () => {
    const { identity, recoveryCodes } = await setUpTotp(t, ada);
    const issued = await t.mutation(
      api.secondFactor.issueRecoveryCodes,
      identity,
    );
    if (issued.kind !== "issued") {
      throw new Error(issued.refusal.code);
    }
    expect(issued.recoveryCodes).toHaveLength(10);
    const recover = async (code = "") =>
      await verify(t, {
        verifier: asked(await signIn(t)).verifier,
        ...{ method: "recoveryCode", code },
      });
    expect(outcome(await recover(recoveryCodes[0]))).toBe(
      "INVALID_RECOVERY_CODE",
    );
    expect(outcome(await recover(issued.recoveryCodes[0]))).toBe("signedIn");
    pass(6 * MINUTE);
    const stale = await t.mutation(
      api.secondFactor.issueRecoveryCodes,
      identity,
    );
    expect(outcome(stale)).toBe("STEP_UP_REQUIRED");
  });

  it("are for who has a second factor", async () => {
    const none = await t.mutation(api.secondFactor.issueRecoveryCodes, ada);
    expect(outcome(none)).toBe("SECOND_FACTOR_NOT_ENROLLED");
  });
});

describe("a person who signs in again", () => {
  it("replaces the session of before", async () => {
    const answer = await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, replaces: ada.sessionId },
    });
    const sessions = await t.run((ctx) => ctx.db.query("Session").collect());
    expect(sessions.map(({ _id }) => _id)).toEqual([
      identityOf(answer).sessionId,
    ]);
  });

  it("does not end a session of somebody else", async () => {
    const grace = identityOf(await signUp(t, "grace@example.com"));
    await t.mutation(api.password.signIn, {
      ...{ ...flow(ADA), password: PASSWORD, replaces: grace.sessionId },
    });
    const row = await t.run((ctx) =>
      ctx.db.get("Session", grace.sessionId as Id<"Session">),
    );
    expect(row).not.toBeNull();
  });
});

describe("an account that was opened in somebody else's name", () => {
  it("loses the factors that were set up in it when the owner comes", async () => {
    await setUpTotp(t, ada);
    const mail = sent(await t.mutation(api.password.requestReset, flow(ADA)));
    const answer = await t.mutation(api.password.reset, {
      ...{ ...flow(ADA), code: mail.code, newPassword: OTHER_PASSWORD },
    });
    expect(outcome(answer)).toBe("signedIn");
    const left = await t.run((ctx) => ctx.db.query("TotpFactor").collect());
    expect(left).toEqual([]);
    expect((await userRow())?.secondFactorTime).toBeUndefined();
  });
});
