import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  ADA,
  api,
  DAY,
  deploy,
  events,
  flow,
  from,
  HOUR,
  internal,
  MINUTE,
  opened,
  outcome,
  pass,
  PASSWORD,
  refresh,
  SECOND,
  type Settings,
  signIn,
  signUp,
  START,
  useFrozenClock,
} from "./fixture/backend.js";
import { costOf } from "./fixture/keys.js";

useFrozenClock();

/** Nothing but a second factor can be set up before there is one. */
const REQUIRED = { secondFactor: { policy: "required" as const } };

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

const rows = () => t.run((ctx) => ctx.db.query("RefreshToken").collect());
const sessions = () => t.run((ctx) => ctx.db.query("Session").collect());

/** The tokens of a refresh that has to succeed. */
async function refreshed(refreshToken: string, settings?: Settings) {
  const answer = await refresh(t, refreshToken, settings);
  if (answer.kind !== "refreshed") {
    throw new Error(outcome(answer));
  }
  return answer.tokens;
}

describe("one refresh token, used many times", () => {
  it("fifty refreshes at once inside the grace period all end signed in, with one row and one successor", async () => {
    const { refreshToken } = opened(await signUp(t));
    const all = await Promise.all(
      Array.from({ length: 50 }, () => refreshed(refreshToken)),
    );
    expect(new Set(all.map((tokens) => tokens.refreshToken)).size).toBe(1);
    expect(all[0]!.refreshToken).not.toBe(refreshToken);
    expect(await rows()).toHaveLength(1);
    expect(await sessions()).toHaveLength(1);
    expect(await events(t)).toEqual(["signUp", "signIn"]);
    await refreshed(all[49]!.refreshToken);
  });

  it("the grace period ends after ten seconds, and not before", async () => {
    const { refreshToken } = opened(await signUp(t));
    const { refreshToken: successor } = await refreshed(refreshToken);
    pass(10 * SECOND);
    expect((await refreshed(refreshToken)).refreshToken).toBe(successor);
    pass(1);
    expect(outcome(await refresh(t, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
  });

  it("reuse after the grace period ends the session and its family, and is recorded with its origin", async () => {
    const { refreshToken, userId, sessionId } = opened(await signUp(t));
    const { refreshToken: successor } = await refreshed(refreshToken);
    pass(10 * SECOND + 1);
    const thief = from(t, "192.0.2.66", "curl");
    expect(outcome(await refresh(thief, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(await rows()).toEqual([]);
    expect(await sessions()).toEqual([]);
    expect(outcome(await refresh(t, successor))).toBe("INVALID_REFRESH_TOKEN");
    const event = await t.run((ctx) =>
      ctx.db.query("AuditEvent").order("desc").first(),
    );
    expect(event).toMatchObject({
      ...{ event: "refreshTokenReused", outcome: "refused" },
      ...{ userId, sessionId, ipAddress: "192.0.2.66", userAgent: "curl" },
    });
  });

  it("a token two generations old is a reuse, also inside the grace period", async () => {
    const first = opened(await signUp(t)).refreshToken;
    const second = (await refreshed(first)).refreshToken;
    await refreshed(second);
    expect(outcome(await refresh(t, first))).toBe("INVALID_REFRESH_TOKEN");
    expect(await sessions()).toEqual([]);
  });

  it("the sessions of other devices go on", async () => {
    const stolen = opened(await signUp(t)).refreshToken;
    const other = opened(await signIn(t));
    await refreshed(stolen);
    pass(MINUTE);
    await refresh(t, stolen);
    expect((await sessions()).map((session) => session._id)).toEqual([
      other.sessionId,
    ]);
    await refreshed(other.refreshToken);
  });

  it("the app can choose the grace period", async () => {
    const settings = { session: { refreshGraceMs: 0 } };
    const { refreshToken } = opened(await signUp(t));
    await refreshed(refreshToken, settings);
    await refreshed(refreshToken, settings);
    pass(1);
    expect(outcome(await refresh(t, refreshToken, settings))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
  });
});

describe("lifetimes", () => {
  it("a session ends after 30 days even when it is used every day", async () => {
    let { refreshToken } = opened(await signUp(t));
    for (let day = 1; day < 30; day += 1) {
      pass(DAY);
      ({ refreshToken } = await refreshed(refreshToken));
    }
    pass(DAY - 1);
    ({ refreshToken } = await refreshed(refreshToken));
    pass(1);
    expect(outcome(await refresh(t, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(await sessions()).toEqual([]);
  });

  it("a session ends after 14 days without use, and use puts that off", async () => {
    let { refreshToken } = opened(await signUp(t));
    pass(14 * DAY - 1);
    ({ refreshToken } = await refreshed(refreshToken));
    pass(14 * DAY);
    expect(outcome(await refresh(t, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
  });

  it("an access token is valid for 15 minutes, and never longer than its session", async () => {
    const { token, refreshToken } = opened(await signUp(t));
    expect(decodeJwt(token).exp).toBe((START + 15 * MINUTE) / SECOND);
    const settings = { session: { idleLifetimeMs: 40 * DAY } };
    const kept = await refreshed(refreshToken, settings);
    pass(30 * DAY - 5 * MINUTE);
    const last = await refreshed(kept.refreshToken, settings);
    const [session] = await sessions();
    expect(session!.expirationTime).toBe(START + 30 * DAY);
    expect(decodeJwt(last.token).exp).toBe((START + 30 * DAY) / SECOND);
  });

  it("settings out of range are moved to the nearest bound", async () => {
    const longest = { session: { accessTokenLifetimeMs: DAY } };
    const { token } = opened(await signUp(t, ADA, longest));
    expect(decodeJwt(token).exp).toBe((START + HOUR) / SECOND);
    const shortest = { session: { accessTokenLifetimeMs: -1 } };
    const again = opened(await signIn(t, ADA, PASSWORD, shortest));
    expect(decodeJwt(again.token).exp).toBe((START + MINUTE) / SECOND);
  });
});

describe("the cap of sessions", () => {
  const settings = { session: { maxSessions: 3 } };

  it("one sign-in more than the cap ends the oldest session, whose refresh fails", async () => {
    const devices = [opened(await signUp(t, ADA, settings))];
    for (let device = 1; device <= 3; device += 1) {
      pass(SECOND);
      devices.push(opened(await signIn(t, ADA, PASSWORD, settings)));
    }
    const [oldest, ...others] = devices;
    expect((await sessions()).map((session) => session._id)).toEqual(
      others.map((device) => device.sessionId),
    );
    expect(await rows()).toHaveLength(3);
    expect(outcome(await refresh(t, oldest!.refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    for (const device of others) {
      await refreshed(device.refreshToken);
    }
    expect(await events(t)).toContain("sessionEvicted");
    expect(
      await t.query(api.session.live.get, { sessionId: oldest!.sessionId }),
    ).toBeNull();
  });

  it("is 25 by default", async () => {
    await signUp(t);
    for (let device = 1; device <= 26; device += 1) {
      await signIn(t);
    }
    expect(await sessions()).toHaveLength(25);
  });
});

describe("rows that live queries read", () => {
  it("a refresh writes the session's row once an hour at most", async () => {
    let { refreshToken } = opened(await signUp(from(t, "192.0.2.1")));
    const [before] = await sessions();
    pass(HOUR - 1);
    ({ refreshToken } = await refreshed(refreshToken));
    expect(await sessions()).toEqual([before]);
    pass(1);
    await refresh(from(t, "192.0.2.2", "Chrome"), refreshToken);
    expect(await sessions()).toEqual([
      {
        ...before,
        ...{ ipAddress: "192.0.2.2", userAgent: "Chrome" },
        lastActiveTime: START + HOUR,
      },
    ]);
  });
});

describe("the copy of the session beside its refresh token", () => {
  /** Deletes the session's row as a person does in the dashboard. */
  async function deleteByHand() {
    await t.run(async (ctx) => {
      for (const session of await ctx.db.query("Session").collect()) {
        await ctx.db.delete("Session", session._id);
      }
    });
  }

  /** Makes the row one that was written before there were copies. */
  async function dropCopies() {
    await t.run(async (ctx) => {
      for (const row of await ctx.db.query("RefreshToken").collect()) {
        await ctx.db.patch("RefreshToken", row._id, {
          session: undefined,
          sessionDueTime: undefined,
        });
      }
    });
  }

  /** What the row has of the session, and until when it will do. */
  async function copy() {
    const [row] = await rows();
    return { session: row?.session, sessionDueTime: row?.sessionDueTime };
  }

  it("is stored with the row, and is good for an hour after the last noted use", async () => {
    let { refreshToken } = opened(await signUp(t));
    const [stored] = await sessions();
    const session = {
      userId: stored!.userId,
      expirationTime: stored!.expirationTime,
      authenticationTime: START,
      authenticationMethods: ["pwd"],
    };
    expect(await copy()).toEqual({ session, sessionDueTime: START + HOUR });
    pass(HOUR - 1);
    ({ refreshToken } = await refreshed(refreshToken));
    expect(await copy()).toEqual({ session, sessionDueTime: START + HOUR });
    pass(1);
    await refreshed(refreshToken);
    expect(await copy()).toEqual({ session, sessionDueTime: START + 2 * HOUR });
  });

  it("comes to a row of before with the first rotation", async () => {
    const { refreshToken } = opened(await signUp(t));
    const before = await copy();
    await dropCopies();
    pass(MINUTE);
    await refreshed(refreshToken);
    expect(await copy()).toEqual(before);
  });

  it("is not made up for a row of before whose session is missing", async () => {
    const { refreshToken } = opened(await signUp(t));
    await dropCopies();
    await deleteByHand();
    expect(outcome(await refresh(t, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(await rows()).toEqual([]);
  });

  it("lets a session that was deleted by hand go on for an hour at most", async () => {
    let { refreshToken } = opened(await signUp(t));
    await deleteByHand();
    pass(HOUR - 1);
    ({ refreshToken } = await refreshed(refreshToken));
    pass(1);
    expect(outcome(await refresh(t, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(await rows()).toEqual([]);
  });

  it.each(["revoke", "signOut", "invalidate"] as const)(
    "does not outlive the session after %s",
    async (end) => {
      const { refreshToken, userId, sessionId } = opened(await signUp(t));
      if (end === "invalidate") {
        await t.mutation(api.session.end.invalidate, { userId, except: [] });
      } else {
        await t.mutation(api.session.end[end], { userId, sessionId });
      }
      expect(await rows()).toEqual([]);
      expect(outcome(await refresh(t, refreshToken))).toBe(
        "INVALID_REFRESH_TOKEN",
      );
    },
  );

  it("does not let a banned user go on", async () => {
    const { refreshToken, userId } = opened(await signUp(t));
    await t.run((ctx) =>
      ctx.db.patch("User", userId as Id<"User">, { bannedTime: START }),
    );
    expect(outcome(await refresh(t, refreshToken))).toBe(
      "INVALID_REFRESH_TOKEN",
    );
    expect(await sessions()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("keeps a restricted session restricted", async () => {
    const { userId } = opened(await signUp(t));
    const { refreshToken, sessionId } = opened(
      await t.mutation(api.password.signIn, {
        ...flow(ADA),
        ...REQUIRED,
        password: PASSWORD,
      }),
    );
    const sub = `${userId}|${sessionId}|restricted`;
    const once = await refreshed(refreshToken);
    expect(decodeJwt(once.token)).toMatchObject({ sub, sid: sessionId });
    await dropCopies();
    const read = await refreshed(once.refreshToken);
    expect(decodeJwt(read.token)).toMatchObject({ sub });
    const copied = await refreshed(read.refreshToken);
    expect(decodeJwt(copied.token)).toMatchObject({ sub });
  });

  it("gives the same successor in the grace period when the session became due meanwhile", async () => {
    const { refreshToken } = opened(await signUp(t));
    pass(HOUR - SECOND);
    const { refreshToken: successor } = await refreshed(refreshToken);
    pass(SECOND);
    expect((await refreshed(refreshToken)).refreshToken).toBe(successor);
    await refreshed(successor);
    expect((await copy()).sessionDueTime).toBe(START + 2 * HOUR);
  });
});

describe("what a refresh costs", () => {
  /** The rows that a refresh reads and writes. */
  async function refreshCost(refreshToken: string) {
    const { sessionConfig: config } = flow(ADA);
    return await costOf(t, (ctx) =>
      ctx.runMutation(api.sessionRefresh.exchange, { refreshToken, config }),
    );
  }

  it("a refresh reads the session's row once an hour only", async () => {
    const { refreshToken } = opened(await signUp(t));
    pass(HOUR - 1);
    // The token, the user and the key; and once more the token's row.
    expect(await refreshCost(refreshToken)).toEqual({ read: 4, written: 1 });
    const { refreshToken: due } = await refreshed(refreshToken);
    pass(1);
    // The session and, since Convex reads what it patches, the session again.
    expect(await refreshCost(due)).toEqual({ read: 6, written: 2 });
    const { refreshToken: next } = await refreshed(due);
    expect(await refreshCost(next)).toEqual({ read: 4, written: 1 });
  });

  it("a refresh reads no row more while two signing keys are published", async () => {
    await signUp(t);
    pass(29 * DAY);
    await t.mutation(internal.signingKey.rotate, {});
    const { refreshToken } = opened(await signIn(t));
    const { read } = await refreshCost(refreshToken);
    // The token, the user and the key; and once more the token's row, since
    // Convex reads what it patches.
    expect(read).toBe(4);
  });
});
