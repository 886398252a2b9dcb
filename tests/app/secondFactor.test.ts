import { beforeEach, describe, expect, it } from "vitest";
import { counts, deploy, pass, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/authWithSecondFactors.js";
import { check } from "./fixture/convex/authorize.js";
import { lastFactorCode, mailbox } from "./fixture/convex/mailbox.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  bearer,
  identityOf,
  PASSWORD,
  refusal,
  refusalCode,
  tokensOf,
} from "./fixture/people.js";
import {
  type Enrolled,
  enrollTotp,
  enterPassword,
  expectKind,
  join,
  withProvider,
} from "./fixture/secondFactors.js";
import { totpCode } from "./fixture/totpCode.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let enrolled: Enrolled;
let userId: string;

beforeEach(async () => {
  t = deploy();
  enrolled = await enrollTotp(t, await join(t));
  ({ userId } = identityOf(enrolled.tokens));
});

/** The challenge of a sign-in with the password. */
const challenge = async () =>
  expectKind(await enterPassword(t), "totpRequired");

describe("an authenticator app", () => {
  it("that is set up comes with recovery codes, and its secret stays inside", async () => {
    expect(enrolled.recoveryCodes).toHaveLength(10);
    const [totp, ...others] = await t.query((ctx) =>
      auth.totp.list(ctx, { userId }),
    );
    expect(others).toEqual([]);
    expect(totp).toMatchObject({ _id: enrolled.totpId, name: "Phone" });
    expect(JSON.stringify(totp)).not.toContain(enrolled.secret);
    expect(
      await t.query((ctx) => auth.account.listTotps(ctx, { userId })),
    ).toEqual([totp]);
  });

  it("is asked for after the password, without a session", async () => {
    const before = await counts(t);
    const { verifier, methods } = await challenge();
    expect(methods).toEqual(["totp", "recoveryCode"]);
    expect((await counts(t)).Session).toBe(before.Session);
    const code = await totpCode(enrolled.secret);
    const params = { flow: "verify", code };
    const tokens = tokensOf(await withProvider(t, "totp", params, verifier));
    expect(identityOf(tokens).userId).toBe(userId);
  });

  it("a wrong code is refused, and a right one works once", async () => {
    const { verifier } = await challenge();
    const enter = (code: string) =>
      withProvider(t, "totp", { flow: "verify", code }, verifier);
    const code = await totpCode(enrolled.secret);
    const wrong = code === "000000" ? "111111" : "000000";
    expect(await refusalCode(enter(wrong))).toBe("TOTP_INVALID_CODE");
    tokensOf(await enter(code));
    expect(await refusalCode(enter(code))).toBe("TOTP_INVALID_VERIFIER");
  });

  it("a recovery code stands in for it, once", async () => {
    const code = enrolled.recoveryCodes[0]!;
    const recover = async () => {
      const { verifier } = await challenge();
      const params = { flow: "recover", code };
      return await withProvider(t, "totp", params, verifier);
    };
    tokensOf(await recover());
    expect(await refusalCode(recover())).toBe("INVALID_RECOVERY_CODE");
    const { recoveryCodesLeft } = await t.query((ctx) =>
      auth.secondFactor.get(ctx, { userId }),
    );
    expect(recoveryCodesLeft).toBe(9);
  });
});

describe("a trusted browser", () => {
  it("is not asked again, gets another token each time, until it is forgotten", async () => {
    const { verifier } = await challenge();
    const code = await totpCode(enrolled.secret);
    const params = { flow: "verify", code, trustDevice: true };
    const trusted = expectKind(
      await withProvider(t, "totp", params, verifier),
      "signedIn",
    ).trustedDevice;
    expect(trusted).toMatch(/^td_/);
    const again = expectKind(
      await enterPassword(t, { trustedDevice: trusted }),
      "signedIn",
    );
    expect(again.trustedDevice).toMatch(/^td_/);
    expect(again.trustedDevice).not.toBe(trusted);
    const { trustedDevices } = await t.query((ctx) =>
      auth.secondFactor.get(ctx, { userId }),
    );
    expect(trustedDevices).toHaveLength(1);
    await t.mutation((ctx) =>
      auth.secondFactor.removeTrustedDevice(ctx, {
        ...{ userId, trustedDeviceId: trustedDevices[0]!._id },
      }),
    );
    const asked = await enterPassword(t, {
      trustedDevice: again.trustedDevice,
    });
    expect(asked.kind).toBe("totpRequired");
  });
});

describe("codes by e-mail", () => {
  it("are set up with the first code, and asked for after the password", async () => {
    const caller = bearer(t, await join(t, "grace@example.com"));
    const begun = expectKind(
      await withProvider(caller, "emailCode", {
        ...{ flow: "setup", to: "grace@work.example" },
      }),
      "started",
    );
    expect(mailbox.codes.at(-1)?.to).toBe("grace@work.example");
    const confirmed = expectKind(
      await withProvider(
        ...([caller, "emailCode"] as const),
        { flow: "confirm", code: lastFactorCode() },
        begun.verifier,
      ),
      "signedIn",
    );
    expect(confirmed.recoveryCodes).toHaveLength(10);
    const { verifier, methods } = expectKind(
      await enterPassword(t, {}, "grace@example.com"),
      "totpRequired",
    );
    expect(methods).toContain("emailCode");
    const sent = expectKind(
      await withProvider(t, "emailCode", { flow: "send" }, verifier),
      "started",
    );
    const params = { flow: "verify", code: lastFactorCode() };
    tokensOf(await withProvider(t, "emailCode", params, sent.verifier));
  });
});

describe("an app's own check that meets a second factor", () => {
  beforeEach(() => {
    check.authorize = async ({ password }, ctx) =>
      await auth.provider.signIn(ctx, "password", {
        params: { flow: "signIn", email: ADA, password },
      });
  });
  const attempt = (password: string) =>
    withProvider(t, "credentials", { username: "ada", password });

  it("answers `totpRequired`, and is no failure", async () => {
    for (let time = 0; time < 12; time += 1) {
      const { methods } = expectKind(await attempt(PASSWORD), "totpRequired");
      expect(methods).toEqual(["totp", "recoveryCode"]);
    }
    const { verifier } = expectKind(await attempt(PASSWORD), "totpRequired");
    const code = await totpCode(enrolled.secret);
    tokensOf(await withProvider(t, "totp", { flow: "verify", code }, verifier));
  });

  it("does not tell a right password while failures lock it", async () => {
    check.authorize = async ({ password }, ctx) => {
      if (password !== PASSWORD) {
        return null;
      }
      return await auth.provider.signIn(ctx, "password", { accountId: ADA });
    };
    for (let failure = 0; failure < 5; failure += 1) {
      expect(await refusalCode(attempt("wrong"))).toBe("INVALID_CREDENTIALS");
    }
    expect(await refusalCode(attempt(PASSWORD))).toBe("RATE_LIMITED");
  });

  it("elsewhere than in a check, provider.signIn throws what is owed", async () => {
    const owed = await refusal(
      t.action((ctx) =>
        auth.provider.signIn(ctx, "password", { accountId: ADA }),
      ),
    );
    expect(owed).toMatchObject({
      ...{ code: "SECOND_FACTOR_REQUIRED", methods: ["totp", "recoveryCode"] },
      verifier: expect.any(String),
    });
    expect(owed).not.toHaveProperty("userId");
  });
});

describe("signing in again as the same person", () => {
  it("replaces the session", async () => {
    const caller = bearer(t, enrolled.tokens);
    const { verifier } = expectKind(
      await enterPassword(caller),
      "totpRequired",
    );
    const code = await totpCode(enrolled.secret);
    const params = { flow: "verify", code };
    const next = await withProvider(caller, "totp", params, verifier);
    const { sessionId } = identityOf(tokensOf(next));
    const { items } = await t.query((ctx) =>
      auth.session.list(ctx, { userId }),
    );
    expect(items.map(({ _id }) => _id)).toEqual([sessionId]);
  });
});

describe("a restricted session", () => {
  const restricted = () => {
    const { subject, issuer } = identityOf(enrolled.tokens);
    return t.withIdentity({ subject: `${subject}|restricted`, issuer });
  };

  it("is nobody's to everything but what sets a factor up", async () => {
    const caller = restricted();
    expect(await caller.query((ctx) => auth.user.current(ctx))).toBeNull();
    expect(await caller.query((ctx) => auth.session.current(ctx))).toBeNull();
    expect(await caller.query((ctx) => auth.user.viewer(ctx))).toBeNull();
    const code = "SECOND_FACTOR_ENROLLMENT_REQUIRED";
    for (const ask of [
      () => caller.query((ctx) => auth.user.require(ctx)),
      () => caller.query((ctx) => auth.session.require(ctx)),
      () => caller.query((ctx) => auth.session.requireFresh(ctx)),
      () => caller.query((ctx) => auth.user.requireAdmin(ctx)),
      () => caller.query(api.vault.owner, {}),
      () => caller.mutation(api.vault.open, {}),
    ]) {
      expect(await refusalCode(ask())).toBe(code);
    }
    expect(
      await caller.query(api.authWithSecondFactors.isAuthenticated, {}),
    ).toBe(true);
  });

  it("is another thing than a subject that has three parts by chance", async () => {
    const { subject, issuer } = identityOf(enrolled.tokens);
    for (const rest of ["|", "|admin", "|restricted|", "|restricted|x"]) {
      const caller = t.withIdentity({ subject: subject + rest, issuer });
      const asked = caller.query((ctx) => auth.user.require(ctx));
      expect(await refusalCode(asked)).toBe("NOT_SIGNED_IN");
    }
  });

  it("can be ended by who is in it", async () => {
    await restricted().action(api.authWithSecondFactors.signOut, {});
    expect(
      await restricted().query(api.authWithSecondFactors.isAuthenticated, {}),
    ).toBe(false);
  });
});

describe("step-up", () => {
  const later = () => pass(5 * 60_000 + 1);

  it("is asked for by what wants a fresh session, with how and how long", async () => {
    const caller = bearer(t, enrolled.tokens);
    expect(await caller.mutation(api.vault.open, {})).toBe(userId);
    later();
    expect(await refusal(caller.mutation(api.vault.open, {}))).toMatchObject({
      ...{ code: "STEP_UP_REQUIRED", maxAge: 300 },
      methods: ["totp", "recoveryCode"],
    });
    expect(await caller.query(api.vault.owner, {})).toBe(userId);
    const code = await totpCode(enrolled.secret);
    const fresh = tokensOf(
      await withProvider(caller, "totp", { flow: "verify", code }),
    );
    expect(await bearer(t, fresh).mutation(api.vault.open, {})).toBe(userId);
    expect(await bearer(t, fresh).mutation(api.vault.openWithTwo, {})).toBe(
      userId,
    );
  });

  it("of who has one factor asks for the password again, and never reaches two", async () => {
    const tokens = await join(t, "grace@example.com");
    const caller = bearer(t, tokens);
    expect(await caller.mutation(api.vault.open, {})).toBe(
      identityOf(tokens).userId,
    );
    const two = caller.mutation(api.vault.openWithTwo, {});
    expect(await refusalCode(two)).toBe("SECOND_FACTOR_ENROLLMENT_REQUIRED");
    later();
    const once = caller.mutation(api.vault.open, {});
    expect(await refusal(once)).toMatchObject({
      ...{ code: "STEP_UP_REQUIRED", maxAge: 300, methods: [] },
    });
    const again = tokensOf(
      await enterPassword(caller, {}, "grace@example.com"),
    );
    await bearer(t, again).mutation(api.vault.open, {});
  });

  it("is the default where a person acts themself", async () => {
    later();
    const caller = bearer(t, enrolled.tokens);
    const actor = { actorUserId: userId };
    const { totpId } = enrolled;
    for (const ask of [
      () => caller.mutation((ctx) => auth.totp.remove(ctx, totpId, actor)),
      () => caller.mutation((ctx) => auth.user.remove(ctx, userId, actor)),
      () =>
        caller.mutation((ctx) =>
          auth.key.create(ctx, { ...actor, userId, name: "CI", scopes: [] }),
        ),
      () => withProvider(caller, "totp", { flow: "recovery-codes" }),
    ]) {
      expect(await refusalCode(ask())).toBe("STEP_UP_REQUIRED");
    }
  });

  it("is nothing that can be asked without a session, nor in another's", async () => {
    const { totpId } = enrolled;
    const remove = (caller: ReturnType<typeof bearer>) =>
      refusalCode(
        caller.mutation((ctx) =>
          auth.totp.remove(ctx, totpId, { actorUserId: userId }),
        ),
      );
    expect(await remove(t)).toBe("NOT_SIGNED_IN");
    const grace = bearer(t, await join(t, "grace@example.com"));
    expect(await remove(grace)).toBe("TOTP_NOT_FOUND");
    const other = identityOf(await join(t, "eve@example.com")).userId;
    const actor = { actorUserId: identityOf(enrolled.tokens).userId };
    const removal = bearer(t, enrolled.tokens).mutation((ctx) =>
      auth.user.remove(ctx, other, actor),
    );
    expect(await refusalCode(removal)).toBe("FORBIDDEN");
  });

  it("in a session that has ended says so", async () => {
    const caller = bearer(t, enrolled.tokens);
    await caller.action(api.authWithSecondFactors.signOut, {});
    for (const params of [
      { flow: "verify", code: "123456" },
      { flow: "recover", code: enrolled.recoveryCodes[0] },
    ]) {
      const late = withProvider(caller, "totp", params);
      expect(await refusalCode(late), params.flow).toBe("NOT_SIGNED_IN");
    }
  });

  it("is not asked of the app itself", async () => {
    later();
    await t.mutation((ctx) => auth.totp.remove(ctx, enrolled.totpId));
    expect(await t.query((ctx) => auth.totp.list(ctx, { userId }))).toEqual([]);
  });
});
