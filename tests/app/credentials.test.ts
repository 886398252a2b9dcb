import { ConvexError } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import {
  counts,
  deploy,
  HOME,
  inComponent,
  snapshot,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { check } from "./fixture/convex/authorize.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  bearer,
  identityOf,
  PASSWORD,
  refresh,
  refusal,
  refusalCode,
  signUp,
  tokensOf,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let userId: string;

beforeEach(async () => {
  t = deploy();
  ({ userId } = identityOf(await signUp(t)));
});

const attempt = (params: Record<string, unknown> = { username: "ada" }) =>
  t
    .withRequestMetadata(HOME)
    .action(api.auth.signIn, { provider: "credentials", params });

const failures = async () =>
  await inComponent(t, async (ctx) =>
    (await ctx.db.query("AuditEvent").collect())
      .filter((event) => event.outcome === "refused")
      .map(({ event, code }) => `${event} ${code}`),
  );

describe("an app's own check", () => {
  it("that names a user opens a session of that user", async () => {
    check.authorize = async ({ username }) =>
      username === "ada" ? { userId } : null;
    const tokens = tokensOf(await attempt());
    expect(identityOf(tokens).userId).toBe(userId);
    expect(await bearer(t, tokens).query(api.auth.isAuthenticated, {})).toBe(
      true,
    );
    await refresh(t, tokens);
  });

  it("that says no is a counted and recorded failure", async () => {
    const before = await counts(t);
    expect(await refusalCode(attempt())).toBe("INVALID_CREDENTIALS");
    const after = await counts(t);
    expect(after.RateLimit).toBe((before.RateLimit ?? 0) + 3);
    expect(await failures()).toEqual(["signIn INVALID_CREDENTIALS"]);
  });

  it("that throws is counted, and its own error is passed on", async () => {
    check.authorize = async () => {
      throw new ConvexError({ kind: "directory is down" });
    };
    await expect(attempt()).rejects.toMatchObject({
      data: { kind: "directory is down" },
    });
    expect(await failures()).toEqual(["signIn INVALID_CREDENTIALS"]);
  });

  it("cannot be tried for ever: while locked, right, wrong and throwing are answered alike", async () => {
    for (let failure = 0; failure < 5; failure += 1) {
      expect(await refusalCode(attempt())).toBe("INVALID_CREDENTIALS");
    }
    const wrong = await refusal(attempt());
    expect(wrong).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: 300_000,
    });
    check.authorize = async () => ({ userId });
    expect(await refusal(attempt())).toEqual(wrong);
    check.authorize = async () => {
      throw new ConvexError("the directory says no");
    };
    expect(await refusal(attempt())).toEqual(wrong);
    expect(await counts(t)).toMatchObject({ Session: 1 });
  });

  it("that names nobody who exists is a failure", async () => {
    const session = await inComponent(t, (ctx) =>
      ctx.db.query("Session").first(),
    );
    for (const id of ["nobody", "", "\ud800", session!._id]) {
      check.authorize = async () => ({ userId: id });
      expect(await refusalCode(attempt())).toBe("INVALID_CREDENTIALS");
    }
    expect(await counts(t)).toMatchObject({ Session: 1 });
  });

  it("that names a banned user opens no session", async () => {
    await inComponent(t, async (ctx) => {
      const user = await ctx.db.query("User").first();
      await ctx.db.patch("User", user!._id, { bannedTime: 1 });
    });
    check.authorize = async () => ({ userId });
    expect(await refusalCode(attempt())).toBe("USER_BANNED");
  });
});

describe("auth.provider.signIn inside the check", () => {
  it("with parameters opens the session through another provider; tokens are for that session", async () => {
    check.authorize = async (_parameters, ctx) =>
      await auth.provider.signIn(ctx, "password", {
        params: { flow: "signIn", email: ADA, password: PASSWORD },
      });
    const { sessionId } = identityOf(tokensOf(await attempt()));
    const sessions = await inComponent(t, (ctx) =>
      ctx.db.query("Session").collect(),
    );
    expect(sessions).toHaveLength(2);
    expect(sessions.map((session) => session._id)).toContain(sessionId);
    expect(await counts(t)).toMatchObject({ RefreshToken: 2 });
  });

  it("with an account the app vouches for the person", async () => {
    check.authorize = async (_parameters, ctx) =>
      await auth.provider.signIn(ctx, "password", { accountId: ADA });
    const tokens = tokensOf(await attempt());
    expect(identityOf(tokens).userId).toBe(userId);
  });

  it("answers null while an e-mail has to be answered first", async () => {
    const result = await t.action((ctx) =>
      auth.provider.signIn(ctx, "verified", {
        params: {
          flow: "signUp",
          email: "new@example.com",
          password: PASSWORD,
        },
      }),
    );
    expect(result).toBeNull();
  });

  it("opens a session without tokens", async () => {
    const opened = await t.action((ctx) =>
      auth.provider.signIn(ctx, "password", { accountId: ADA }),
    );
    expect(opened).toMatchObject({ userId });
    expect(await counts(t)).toMatchObject({ Session: 2, RefreshToken: 1 });
  });

  it("refuses a session that is another user's", async () => {
    const grace = identityOf(await signUp(t, "grace@example.com"));
    check.authorize = async () => ({ userId, sessionId: grace.sessionId });
    const { sessionId } = identityOf(tokensOf(await attempt()));
    expect(sessionId).not.toBe(grace.sessionId);
  });

  it("refuses accounts and providers that do not exist, and changes nothing", async () => {
    const before = await snapshot(t);
    const code = (provider: string, accountId: string) =>
      refusalCode(
        t.action((ctx) => auth.provider.signIn(ctx, provider, { accountId })),
      );
    expect(await code("password", "grace@example.com")).toBe(
      "ACCOUNT_NOT_FOUND",
    );
    expect(await code("__proto__", ADA)).toBe("PROVIDER_NOT_CONFIGURED");
    expect(await code("password", "a\u0000@example.com")).toBe("INVALID_EMAIL");
    expect(await snapshot(t)).toEqual(before);
  });
});

describe("the name by which attempts are counted", () => {
  it("is refused when the form has two, so that none can be a decoy", async () => {
    const before = await snapshot(t);
    const code = await refusalCode(
      attempt({ username: "ada", email: "decoy.1@example.com" }),
    );
    expect(code).toBe("INVALID_PARAMETERS");
    expect(await snapshot(t)).toEqual(before);
  });
});
