import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import {
  type Caller,
  deploy,
  inComponent,
  pass,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  bearer,
  GRACE,
  identityOf,
  PASSWORD,
  refresh,
  refusalCode,
  signIn,
  signUp,
  type Tokens,
} from "./fixture/people.js";

useFreshApp();

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let t: ReturnType<typeof deploy>;
let tokens: Tokens;
let userId: string;
let sessionId: string;
let ada: Caller;

beforeEach(async () => {
  t = deploy();
  tokens = await signUp(t);
  ({ userId, sessionId } = identityOf(tokens));
  ada = bearer(t, tokens);
});

/** What functions that check the session and one that does not say. */
async function asSeenBy(caller: Caller) {
  return {
    isAuthenticated: await caller.query(api.auth.isAuthenticated, {}),
    viewer: await caller.query(api.caller.viewerName, {}),
    require: await caller
      .query(api.caller.required, {})
      .then(() => "passes")
      .catch((error: { data: { code: string } }) => error.data.code),
    byTheTokenAlone: await caller.query(api.caller.current, {}),
  };
}

const SIGNED_IN = { isAuthenticated: true, viewer: ADA, require: "passes" };
const ENDED = {
  isAuthenticated: false,
  viewer: null,
  require: "NOT_SIGNED_IN",
};

describe("a session that has ended is refused at once by all that checks it", () => {
  it("while it goes on, everything answers", async () => {
    expect(await asSeenBy(ada)).toEqual({
      ...SIGNED_IN,
      byTheTokenAlone: userId,
    });
    expect(await ada.query(api.caller.currentSession, {})).toBe(sessionId);
  });

  const endings: [string, () => Promise<unknown>][] = [
    ["a sign-out", () => ada.action(api.auth.signOut, {})],
    [
      "a revocation",
      () =>
        t.mutation((ctx) => auth.session.revoke(ctx, { userId, sessionId })),
    ],
    [
      "an invalidation of all sessions",
      () => t.mutation((ctx) => auth.session.invalidate(ctx, { userId })),
    ],
    [
      "the removal of the user",
      () => t.mutation((ctx) => auth.user.remove(ctx, userId)),
    ],
    [
      "an update of the password by the app",
      () =>
        t.mutation((ctx) =>
          auth.account.update(ctx, {
            provider: "password",
            account: { id: ADA, secret: `${PASSWORD}, changed` },
          }),
        ),
    ],
  ];

  it.each(endings)("%s", async (_name, end) => {
    await end();
    expect(await asSeenBy(ada)).toEqual({ ...ENDED, byTheTokenAlone: userId });
    expect(await t.query((ctx) => auth.session.get(ctx, sessionId))).toBeNull();
    expect(await refusalCode(refresh(t, tokens))).toBe("INVALID_REFRESH_TOKEN");
  });

  it("the end of its lifetime: no refresh, no place in the list, and no token that outlives it", async () => {
    pass(30 * DAY);
    const { items } = await t.query((ctx) =>
      auth.session.list(ctx, { userId }),
    );
    expect(items).toEqual([]);
    expect(await refusalCode(refresh(t, tokens))).toBe("INVALID_REFRESH_TOKEN");
    const { exp = Infinity } = decodeJwt(tokens.token);
    expect(exp * 1_000).toBeLessThanOrEqual(START + 30 * DAY);
  });
});

async function ban(id: string, banExpirationTime?: number) {
  await inComponent(t, async (ctx) => {
    const user = ctx.db.normalizeId("User", id);
    await ctx.db.patch("User", user!, {
      bannedTime: Date.now(),
      ...(banExpirationTime === undefined ? {} : { banExpirationTime }),
    });
  });
}

describe("a banned user", () => {
  it("gets no session and no refresh", async () => {
    await ban(userId);
    expect(await refusalCode(signIn(t))).toBe("USER_BANNED");
    expect(await refusalCode(refresh(t, tokens))).toBe("INVALID_REFRESH_TOKEN");
  });

  it("gets in again when the ban has run out", async () => {
    await ban(userId, START + DAY);
    pass(DAY - 1);
    expect(await refusalCode(signIn(t))).toBe("USER_BANNED");
    pass(1);
    expect(await asSeenBy(bearer(t, await signIn(t)))).toMatchObject(SIGNED_IN);
  });
});

describe("one user and another", () => {
  it("a session of another user is not ended with one's own id", async () => {
    const grace = identityOf(await signUp(t, GRACE));
    const before = await snapshot(t);
    await t.mutation((ctx) =>
      auth.session.revoke(ctx, { userId, sessionId: grace.sessionId }),
    );
    expect(await snapshot(t)).toEqual(before);
  });

  it("a token that pairs a user with another's session signs nobody in", async () => {
    const grace = identityOf(await signUp(t, GRACE));
    const mixed = t.withIdentity({ subject: `${userId}|${grace.sessionId}` });
    expect(await asSeenBy(mixed)).toMatchObject(ENDED);
    const before = await snapshot(t);
    await mixed.action(api.auth.signOut, {});
    expect(await snapshot(t)).toEqual(before);
  });

  it("all others end, and only one's own", async () => {
    const grace = identityOf(await signUp(t, GRACE));
    const second = identityOf(await signIn(t));
    await t.mutation((ctx) =>
      auth.session.invalidate(ctx, { userId, except: [second.sessionId] }),
    );
    const left = await inComponent(t, (ctx) =>
      ctx.db.query("Session").collect(),
    );
    expect(left.map((session) => session._id)).toEqual([
      grace.sessionId,
      second.sessionId,
    ]);
  });

  it("a list shows the sessions of one user, newest first, without secrets", async () => {
    await signUp(t, GRACE);
    pass(MINUTE);
    const second = identityOf(
      await signIn(t.withRequestMetadata({ ip: "192.0.2.9" })),
    );
    const { items } = await t.query((ctx) =>
      auth.session.list(ctx, { userId }),
    );
    expect(items.map((session) => session._id)).toEqual([
      second.sessionId,
      sessionId,
    ]);
    expect(items[0]).toMatchObject({ ipAddress: "192.0.2.9" });
    expect(JSON.stringify(items)).not.toMatch(/hash|secret/i);
  });
});

describe("tokens of other shapes", () => {
  const subjects = ["", "|", "abc", "a|", "|b", "a|b|c"];

  it.each(subjects)("the subject %j is nobody", async (subject) => {
    const caller = t.withIdentity({ subject, issuer: "https://other.example" });
    expect(await asSeenBy(caller)).toEqual({ ...ENDED, byTheTokenAlone: null });
  });

  it("nobody is signed in without a token", async () => {
    expect(await asSeenBy(t)).toEqual({ ...ENDED, byTheTokenAlone: null });
    expect(await t.action(api.auth.signOut, {})).toBeNull();
  });
});
