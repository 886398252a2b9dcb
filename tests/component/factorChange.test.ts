import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  ADA,
  api,
  deploy,
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
  enroll,
  type Identity,
  identityOf,
  setUpTotp,
  verify,
} from "./fixture/secondFactors.js";
import { totpCode } from "./fixture/totp.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: Identity;

beforeEach(async () => {
  t = deploy();
  ada = identityOf(await signUp(t));
});

const userRow = () =>
  t.run((ctx) => ctx.db.get("User", ada.userId as Id<"User">));

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
