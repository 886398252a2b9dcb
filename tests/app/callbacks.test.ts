import { ConvexError } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import {
  counts,
  deploy,
  HOME,
  inComponent,
  pass,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { callbacks } from "./fixture/convex/callbacks.js";
import { lastCode, mailbox, resetMailbox } from "./fixture/convex/mailbox.js";
import { api } from "./fixture/modules.js";
import { ADA, bearer, PASSWORD, refusal, tokensOf } from "./fixture/people.js";
import { totpCode } from "./fixture/totpCode.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

const run = (params: Record<string, unknown>, provider = "password") =>
  t.withRequestMetadata(HOME).action(api.authWithCallbacks.signIn, {
    provider,
    params: { email: ADA, ...params },
  });
const signUp = (params: Record<string, unknown> = {}) =>
  run({ flow: "signUp", password: PASSWORD, ...params });
const users = () => inComponent(t, (ctx) => ctx.db.query("User").collect());

describe("admit", () => {
  const refusals = [
    ["false", () => false, "sign-up is not open to you"],
    [
      "an object with a message",
      () => ({ admitted: false, message: "members only" }),
      "members only",
    ],
    [
      "a ConvexError with a text",
      () => {
        throw new ConvexError("invitation needed");
      },
      "invitation needed",
    ],
    [
      "a ConvexError with a message",
      () => {
        throw new ConvexError({ message: "wrong domain" });
      },
      "wrong domain",
    ],
  ] as const;

  it.each(refusals)(
    "refusing with %s creates nothing, and keeps counter and audit",
    async (_name, admit, message) => {
      callbacks.admit = admit;
      expect(await refusal(signUp())).toEqual({
        code: "SIGN_UP_REFUSED",
        message,
      });
      expect(await counts(t)).toMatchObject({
        ...{ User: 0, Account: 0, Session: 0, RefreshToken: 0 },
        ...{ RateLimit: 1, AuditEvent: 1, profiles: 0 },
      });
      const [event] = await inComponent(t, (ctx) =>
        ctx.db.query("AuditEvent").collect(),
      );
      expect(event).toMatchObject({
        ...{ event: "signUp", outcome: "refused", code: "SIGN_UP_REFUSED" },
        ...{ ipAddress: HOME.ip, userAgent: HOME.userAgent },
      });
    },
  );

  it("what a gate wrote before it threw its refusal is rolled back", async () => {
    callbacks.admit = async (ctx) => {
      await ctx.db.insert("gateVisits", { gate: "admit" });
      throw new ConvexError("no");
    };
    await refusal(signUp());
    expect(await counts(t)).toMatchObject({ gateVisits: 0, AuditEvent: 1 });
  });

  it("a refused sign-up sends no e-mail and leaves no code", async () => {
    callbacks.admit = () => false;
    await refusal(run({ flow: "signUp", password: PASSWORD }, "verified"));
    expect(await counts(t)).toMatchObject({ VerificationCode: 0, User: 0 });
    expect(() => lastCode()).toThrow();
  });

  it("an existing user is not asked again", async () => {
    await signUp();
    callbacks.admit = () => false;
    expect(await run({ flow: "signIn", password: PASSWORD })).toMatchObject({
      kind: "signedIn",
    });
  });

  it("answers alike for an address that has an account and one that has none, when it must not show", async () => {
    const form = { flow: "signUp", password: PASSWORD };
    await run(form, "verified");
    await run({ flow: "email-verification", code: lastCode() }, "verified");
    resetMailbox();
    callbacks.admit = () => ({ admitted: false, message: "closed" });
    const known = await refusal(run(form, "verified"));
    expect(known).toEqual({ code: "SIGN_UP_REFUSED", message: "closed" });
    const unknown = run({ ...form, email: "new@example.com" }, "verified");
    expect(await refusal(unknown)).toEqual(known);
    expect(mailbox.sent).toEqual([]);
  });
});

describe("createOrUpdateUser", () => {
  it("says what is stored, with the app's own data", async () => {
    callbacks.createOrUpdateUser = (_ctx, { profile, extend }) => ({
      ...profile,
      name: "Countess",
      extend: { plan: "free", asked: extend },
    });
    await signUp({ name: "Ada", nickname: "A" });
    expect(await users()).toMatchObject([
      {
        name: "Countess",
        email: ADA,
        extend: { plan: "free", asked: { nickname: "A" } },
      },
    ]);
  });

  it("returning nothing keeps what the form said", async () => {
    await signUp({ name: "Ada", nickname: "A" });
    expect(await users()).toMatchObject([
      { name: "Ada", extend: { nickname: "A" } },
    ]);
  });

  it("cannot fake that an address was proved", async () => {
    callbacks.createOrUpdateUser = (_ctx, { profile }) => ({
      ...profile,
      emailVerificationTime: START,
      phoneVerificationTime: START,
    });
    await signUp();
    const [user] = await users();
    expect(user).not.toHaveProperty("emailVerificationTime");
    expect(user).not.toHaveProperty("phoneVerificationTime");
  });

  it("cannot take back that an address was proved", async () => {
    await run({ flow: "signUp", password: PASSWORD }, "verified");
    callbacks.createOrUpdateUser = (_ctx, { existingUserId }) => {
      expect(existingUserId).not.toBeNull();
      return { name: "Ada" };
    };
    pass(1_000);
    await run({ flow: "email-verification", code: lastCode() }, "verified");
    expect(await users()).toMatchObject([
      { name: "Ada", email: ADA, emailVerificationTime: START + 1_000 },
    ]);
  });
});

describe("afterUserCreatedOrUpdated", () => {
  it("writes a row of the app's in the same transaction", async () => {
    callbacks.afterUserCreatedOrUpdated = async (ctx, { userId, profile }) => {
      await ctx.db.insert("profiles", {
        userId,
        nickname: profile.email ?? "",
      });
    };
    await signUp();
    const [user] = await users();
    const { profiles } = await snapshot(t);
    expect(profiles).toMatchObject([{ userId: user?._id, nickname: ADA }]);
  });

  it("an error rolls back everything, the app's row and the user", async () => {
    const before = await snapshot(t);
    callbacks.afterUserCreatedOrUpdated = async (ctx, { userId }) => {
      await ctx.db.insert("profiles", { userId, nickname: "" });
      throw new Error("the app has a fault");
    };
    await expect(signUp()).rejects.toThrow("the app has a fault");
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("beforeSessionCreation", () => {
  it("a refusal opens no session, and is recorded", async () => {
    await signUp();
    const before = await counts(t);
    callbacks.beforeSessionCreation = async (ctx, { userId, provider }) => {
      expect(userId).not.toBe("");
      expect(provider).toBe("password");
      await ctx.db.insert("gateVisits", { gate: "session" });
      throw new ConvexError({ message: "closed at night" });
    };
    const error = await refusal(run({ flow: "signIn", password: PASSWORD }));
    expect(error).toEqual({
      code: "SIGN_IN_REFUSED",
      message: "closed at night",
    });
    expect(await counts(t)).toEqual({
      ...before,
      AuditEvent: (before.AuditEvent ?? 0) + 1,
    });
    const events = await inComponent(t, (ctx) =>
      ctx.db.query("AuditEvent").order("desc").first(),
    );
    expect(events).toMatchObject({
      ...{ event: "signIn", outcome: "refused", code: "SIGN_IN_REFUSED" },
      ipAddress: HOME.ip,
    });
  });

  it("a refusal evicts nobody's session", async () => {
    await signUp();
    const before = await counts(t);
    callbacks.beforeSessionCreation = () => {
      throw new ConvexError("no");
    };
    for (let device = 0; device < 3; device += 1) {
      await refusal(run({ flow: "signIn", password: PASSWORD }));
    }
    expect(await counts(t)).toMatchObject({ Session: before.Session });
  });

  it("an error that is no refusal is a fault and changes nothing", async () => {
    await signUp();
    const before = await snapshot(t);
    callbacks.beforeSessionCreation = () => {
      throw new Error("the app has a fault");
    };
    await expect(run({ flow: "signIn", password: PASSWORD })).rejects.toThrow(
      "the app has a fault",
    );
    expect(await snapshot(t)).toEqual(before);
  });

  it("a refusal leaves a new factor pending, and its recovery codes unused", async () => {
    const caller = bearer(t, tokensOf(await signUp()));
    const totp = (params: Record<string, unknown>) =>
      caller.action(api.authWithCallbacks.signIn, { provider: "totp", params });
    const setup = await totp({ flow: "setup" });
    if (setup.kind !== "totpSetup") {
      throw new Error(setup.kind);
    }
    const { secret, totpId } = setup.totpSetup;
    const confirm = async () =>
      await totp({ flow: "confirm", totpId, code: await totpCode(secret) });
    const factors = () =>
      inComponent(t, async (ctx) => ({
        app: (await ctx.db.query("TotpFactor").first())?.verifiedTime,
        codes: await ctx.db.query("RecoveryCodes").collect(),
      }));
    callbacks.beforeSessionCreation = () => {
      throw new ConvexError("no");
    };
    expect(await refusal(confirm())).toMatchObject({ code: "SIGN_IN_REFUSED" });
    expect(await factors()).toEqual({ app: undefined, codes: [] });
    callbacks.beforeSessionCreation = () => undefined;
    expect(await confirm()).toMatchObject({ kind: "signedIn" });
    expect((await factors()).codes).toHaveLength(1);
  });
});
