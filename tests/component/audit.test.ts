import { beforeEach, describe, expect, it } from "vitest";
import {
  ADA,
  api,
  type Caller,
  deploy,
  flow,
  from,
  opened,
  OTHER_PASSWORD,
  pass,
  PASSWORD,
  refresh,
  sent,
  signIn,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";

useFrozenClock();

const IP = "203.0.113.7";

let t: ReturnType<typeof deploy>;
let ada: Caller;

beforeEach(() => {
  t = deploy();
  ada = from(t, IP, "Firefox");
});

/** What an operation adds to the trail, all of it with where it came from. */
async function recorded(operation: () => Promise<unknown>): Promise<string[]> {
  const all = () => t.run((ctx) => ctx.db.query("AuditEvent").collect());
  const before = (await all()).length;
  await operation();
  const added = (await all()).slice(before);
  for (const event of added) {
    expect(event).toMatchObject({ ipAddress: IP, userAgent: "Firefox" });
  }
  return added.map(({ event, code, userId, sessionId }) =>
    [
      code === undefined ? event : `${event}: ${code}`,
      ...(userId === undefined ? [] : ["user"]),
      ...(sessionId === undefined ? [] : ["session"]),
    ].join(", "),
  );
}

const VERIFIED = { requireEmailVerification: true };

describe("the audit trail", () => {
  it("of sign-ups", async () => {
    expect(await recorded(() => signUp(ada))).toEqual([
      "signUp, user, session",
      "signIn, user, session",
    ]);
    expect(await recorded(() => signUp(ada))).toEqual([
      "signUp: ACCOUNT_ALREADY_EXISTS, user",
    ]);
  });

  it("of sign-ups that prove the address", async () => {
    let mail = { code: "", verifier: undefined as string | undefined };
    expect(
      await recorded(async () => {
        mail = sent(await signUp(ada, ADA, VERIFIED));
      }),
    ).toEqual(["signUp, user", "emailVerificationRequested, user"]);
    const verify = (code: string) =>
      recorded(() =>
        ada.mutation(api.password.verifyEmail, {
          ...{ ...flow(ADA, VERIFIED), code },
          ...(mail.verifier === undefined ? {} : { verifier: mail.verifier }),
        }),
      );
    expect(
      await verify(mail.code === "00000000" ? "11111111" : "00000000"),
    ).toEqual(["emailVerified: INVALID_VERIFICATION_CODE, user"]);
    expect(await verify(mail.code)).toEqual([
      "emailVerified, user, session",
      "signIn, user, session",
    ]);
  });

  it("of sign-ins", async () => {
    await signUp(ada);
    expect(await recorded(() => signIn(ada))).toEqual([
      "signIn, user, session",
    ]);
    expect(await recorded(() => signIn(ada, ADA, OTHER_PASSWORD))).toEqual([
      "signIn: INVALID_CREDENTIALS, user",
    ]);
    expect(await recorded(() => signIn(ada, "nobody@example.com"))).toEqual([
      "signIn: INVALID_CREDENTIALS",
    ]);
  });

  it("of refused banned users", async () => {
    await signUp(ada);
    await t.run(async (ctx) => {
      const user = (await ctx.db.query("User").first())!;
      await ctx.db.patch("User", user._id, { bannedTime: 1 });
    });
    expect(await recorded(() => signIn(ada))).toEqual([
      "signIn: USER_BANNED, user",
    ]);
  });

  it("of resets and changes of the password", async () => {
    await signUp(ada);
    let code = "";
    expect(
      await recorded(async () => {
        const answer = await ada.mutation(api.password.requestReset, flow(ADA));
        ({ code } = sent(answer));
      }),
    ).toEqual(["passwordResetRequested, user"]);
    let session = { userId: "", sessionId: "" };
    const resets = await recorded(async () => {
      session = opened(
        await ada.mutation(api.password.reset, {
          ...{ ...flow(ADA), code, newPassword: OTHER_PASSWORD },
        }),
      );
    });
    // The sessions of an unproven account end as somebody else's might.
    expect(resets).toEqual([
      "passwordReset, user, session",
      "unprovenAccessRevoked, user, session",
      "signIn, user, session",
    ]);
    await signIn(ada, ADA, OTHER_PASSWORD);
    const { config, sessionConfig } = flow(ADA);
    const { userId, sessionId } = session;
    const change = {
      ...{ config, sessionConfig, userId, sessionId },
      ...{ currentPassword: OTHER_PASSWORD, newPassword: PASSWORD },
    };
    expect(
      await recorded(() => ada.mutation(api.password.change, change)),
    ).toEqual([
      "passwordChanged, user, session",
      "sessionRevoked, user, session",
    ]);
    expect(
      await recorded(() => ada.mutation(api.password.change, change)),
    ).toEqual(["passwordChanged: INVALID_CREDENTIALS, user"]);
  });

  it("of the ends of sessions", async () => {
    const { userId, sessionId } = opened(await signUp(ada));
    const second = opened(await signIn(ada));
    opened(await signIn(ada));
    const pair = { userId, sessionId };
    expect(
      await recorded(() => ada.mutation(api.session.end.signOut, pair)),
    ).toEqual(["signOut, user, session"]);
    expect(
      await recorded(() => ada.mutation(api.session.end.signOut, pair)),
    ).toEqual([]);
    const other = { userId, sessionId: second.sessionId };
    expect(
      await recorded(() => ada.mutation(api.session.end.revoke, other)),
    ).toEqual(["sessionRevoked, user, session"]);
    const all = { userId, except: [] };
    expect(
      await recorded(() => ada.mutation(api.session.end.invalidate, all)),
    ).toEqual(["sessionRevoked, user, session"]);
  });

  it("of refresh tokens: nothing in regular use, a reuse with its session", async () => {
    const { refreshToken } = opened(await signUp(ada));
    expect(await recorded(() => refresh(ada, refreshToken))).toEqual([]);
    pass(60_000);
    expect(await recorded(() => refresh(ada, refreshToken))).toEqual([
      "refreshTokenReused: INVALID_REFRESH_TOKEN, user, session",
    ]);
  });

  it("of what the app does to users and accounts", async () => {
    const { userId } = opened(await signUp(ada));
    const account = { provider: "github", accountId: "1" };
    const create = () =>
      ada.mutation(api.account.create, {
        ...{ ...account, secret: { kind: "none" }, profile: {} },
        ...{ provesEmail: false, provesPhone: false },
      });
    expect(await recorded(create)).toEqual(["accountCreated, user"]);
    const hash = { kind: "password" as const, password: PASSWORD };
    expect(
      await recorded(() =>
        ada.mutation(api.account.update, {
          ...{ ...account, secret: hash, except: [] },
        }),
      ),
    ).toEqual(["accountUpdated, user"]);
    expect(
      await recorded(() =>
        ada.mutation(api.userPatch.apply, { userId, data: { name: "Ada" } }),
      ),
    ).toEqual(["userUpdated, user"]);
    expect(
      await recorded(() =>
        ada.mutation(api.removal.removeUser, { userId, cascade: true }),
      ),
    ).toEqual(["userRemoved, user"]);
  });

  it("keeps a user agent of any length in bounds, and no address that is none", async () => {
    await signUp(from(t, "not an address", "x".repeat(100_000)));
    const events = await t.run((ctx) => ctx.db.query("AuditEvent").collect());
    for (const event of events) {
      expect(event.userAgent).toHaveLength(512);
      expect(event).not.toHaveProperty("ipAddress");
    }
    const session = await t.run((ctx) => ctx.db.query("Session").first());
    expect(session?.userAgent).toHaveLength(512);
    expect(session).not.toHaveProperty("ipAddress");
  });

  it("keeps a user agent of any length in bounds when the app acts, too", async () => {
    const { userId } = opened(await signUp(t));
    const caller = from(t, IP, "x".repeat(100_000));
    await caller.mutation(api.userPatch.apply, { userId, data: { name: "A" } });
    const event = await t.run((ctx) =>
      ctx.db.query("AuditEvent").order("desc").first(),
    );
    expect(event?.userAgent).toHaveLength(512);
  });
});
