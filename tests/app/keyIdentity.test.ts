import { decodeJwt } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import {
  type Caller,
  counts,
  deploy,
  HOME,
  pass,
  SITE,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { newUser } from "./fixture/groups.js";
import { newKey, withKey } from "./fixture/keys.js";
import { api } from "./fixture/modules.js";
import { identityOf, PASSWORD, refusalCode, signUp } from "./fixture/people.js";

useFreshApp();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

const exchange = (raw: string, caller: Caller = t, method = "POST") =>
  caller.fetch("/api/auth/token", { method, ...withKey(raw) });

async function tokenOf(raw: string): Promise<string> {
  const { access_token } = (await (await exchange(raw)).json()) as {
    access_token: string;
  };
  return access_token;
}

/** The caller with a key's token, as Convex sees it. */
async function withTokenOf(raw: string): Promise<Caller> {
  const token = await tokenOf(raw);
  const { sub = "", iss = "", ...claims } = decodeJwt(token);
  return t.withIdentity({
    ...{ subject: sub, issuer: iss, tokenIdentifier: `${iss}|${sub}` },
    ...{ keyId: String(claims.keyId), scope: String(claims.scope) },
  });
}

describe("a key's token is never its owner's session", () => {
  it("whatever is asked of it: user, session, account", async () => {
    const { userId } = identityOf(await signUp(t, "lin@example.com"));
    const { raw } = await newKey(t, { userId });
    const caller = await withTokenOf(raw);
    const before = await snapshot(t);
    expect(await caller.query((ctx) => auth.user.current(ctx))).toBeNull();
    expect(await caller.query((ctx) => auth.user.viewer(ctx))).toBeNull();
    expect(await caller.query((ctx) => auth.session.current(ctx))).toBeNull();
    expect(await caller.query(api.auth.isAuthenticated, {})).toBe(false);
    for (const attempt of [
      caller.query((ctx) => auth.user.require(ctx)),
      caller.query((ctx) => auth.user.requireAdmin(ctx)),
      caller.query((ctx) => auth.session.require(ctx)),
      caller.query((ctx) =>
        auth.permission.authorize(ctx, { permissions: "member" }),
      ),
    ]) {
      expect(await refusalCode(attempt)).toBe("NOT_SIGNED_IN");
    }
    await caller.action(api.auth.signOut, {});
    expect(await snapshot(t)).toEqual(before);
  });

  it("changes no password", async () => {
    const { userId } = identityOf(await signUp(t, "eve@example.com"));
    const { raw } = await newKey(t, { userId });
    const caller = await withTokenOf(raw);
    const params = {
      ...{ flow: "change", email: "eve@example.com" },
      ...{ currentPassword: PASSWORD, newPassword: `${PASSWORD} 2` },
    };
    const before = (await snapshot(t)).Account;
    const attempt = caller.action(api.auth.signIn, {
      ...{ provider: "password", params },
    });
    expect(await refusalCode(attempt)).toBe("NOT_SIGNED_IN");
    expect((await snapshot(t)).Account).toEqual(before);
  });

  it("not in a request either: the token is no key", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const token = await tokenOf(raw);
    const response = await t.fetch("/api/who", withKey(token));
    expect(await response.json()).toBeNull();
    expect((await exchange(token)).status).toBe(401);
  });

  it("is of this deployment, of the key and of nobody else", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada });
    const { sub, iss, ...claims } = decodeJwt(await tokenOf(raw));
    expect([sub, iss]).toEqual([`api-key:${keyId}`, SITE]);
    expect(JSON.stringify(claims)).not.toContain(ada);
    expect(claims).not.toHaveProperty("sid");
    expect(claims).not.toHaveProperty("amr");
  });
});

describe("an exchange", () => {
  it("gives a token that ends with its key", async () => {
    const expiresAt = START + DAY;
    const { raw } = await newKey(t, { userId: ada }, { expiresAt });
    pass(DAY - 60_000);
    const { exp } = decodeJwt(await tokenOf(raw));
    expect(exp).toBeLessThanOrEqual(expiresAt / 1_000);
  });

  it("of garbage makes no signing key", async () => {
    const before = await counts(t);
    await exchange("sk_garbage");
    expect((await counts(t)).SigningKey).toBe(before.SigningKey);
  });

  it("is a POST only", async () => {
    const { raw } = await newKey(t, { userId: ada });
    for (const method of ["GET", "HEAD", "PUT", "DELETE"]) {
      expect((await exchange(raw, t, method)).status).toBe(404);
    }
  });

  it("counts the guesses of an IPv6 network together", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const from = (ip: string) => t.withRequestMetadata({ ...HOME, ip });
    for (let host = 0; host < 30; host += 1) {
      await exchange("sk_guess", from(`2001:db8:1:2::${host}`));
    }
    const near = await exchange(raw, from("2001:db8:1:2:ffff::1"));
    expect(near.status).toBe(429);
    expect((await exchange(raw, from("2001:db8:1:3::1"))).status).toBe(200);
  });

  it("tells the state of a key only to who has its secret", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada });
    const other = await newKey(t, { userId: ada });
    await t.mutation((ctx) => auth.key.revoke(ctx, keyId));
    // The selector of the one with the rest of the other.
    const mixed = raw.slice(0, 24) + other.raw.slice(24);
    for (const guess of [mixed, `${raw.slice(0, -1)}_`, `${raw}0`]) {
      const response = await exchange(guess);
      const { error } = (await response.json()) as { error: object };
      expect(error).toMatchObject({ code: "INVALID_API_KEY" });
    }
  });
});

describe("a use", () => {
  it.each([
    ["API_KEY_DISABLED", (keyId: string) => disable(keyId)],
    [
      "API_KEY_REVOKED",
      (keyId: string) => t.mutation((ctx) => auth.key.revoke(ctx, keyId)),
    ],
    [
      "INVALID_API_KEY",
      (keyId: string) => t.mutation((ctx) => auth.key.remove(ctx, keyId)),
    ],
    ["API_KEY_EXPIRED", () => Promise.resolve(pass(2 * DAY))],
    [
      "SCOPE_CHECK_FAILED",
      (keyId: string) =>
        t.mutation((ctx) =>
          auth.key.update(ctx, keyId, {
            scopes: [{ resource: "billing", actions: ["read"] }],
          }),
        ),
    ],
  ])("is decided by its own transaction: %s", async (code, change) => {
    const { keyId, raw } = await newKey(
      t,
      { userId: ada },
      {
        rateLimit: { maxRequests: 5, windowMs: HOUR },
        expiresAt: START + 2 * DAY,
      },
    );
    const scope = { resource: "project", action: "read" };
    const attempt = t.action(async (ctx) => {
      const runMutation = async (...args: unknown[]) => {
        await change(keyId);
        return await (ctx.runMutation as (...a: unknown[]) => unknown)(...args);
      };
      const late = { ...ctx, runMutation } as typeof ctx;
      await auth.key.verify(late, raw, { scope });
    });
    expect(await refusalCode(attempt)).toBe(code);
    expect((await snapshot(t)).ApiKeyCounter).toEqual([]);
  });

  const disable = (keyId: string) =>
    t.mutation((ctx) => auth.key.update(ctx, keyId, { enabled: false }));
});

describe("metadata", () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? 1 : { inner: deep(levels - 1) };

  it.each<[string, unknown]>([
    ["too many levels", deep(40)],
    ["a function", () => 1],
    ["a date", new Date(0)],
    ["a map", new Map([["a", 1]])],
    ["a symbol inside", { a: Symbol("x") }],
    ["a field that Convex has for itself", { $secret: 1 }],
    ["a field that is no ASCII", { é: 1 }],
    ["too many bytes in few characters", "é".repeat(2_049)],
    ["itself", circle()],
  ])("of %s is refused, and nothing made", async (_name, metadata) => {
    const before = await snapshot(t);
    const made = newKey(t, { userId: ada }, { metadata });
    expect(await refusalCode(made)).toBe("INVALID_PARAMETERS");
    expect(await snapshot(t)).toEqual(before);
    const { keyId } = await newKey(t, { userId: ada });
    const changed = t.mutation((ctx) =>
      auth.key.update(ctx, keyId, { metadata }),
    );
    expect(await refusalCode(changed)).toBe("INVALID_PARAMETERS");
  });

  it.each<[string, unknown]>([
    ["null", null],
    ["a big number", 2n ** 63n - 1n],
    ["bytes", new Uint8Array([1, 2]).buffer],
    ["names of prototypes", { constructor: 1, toString: "x" }],
    ["4,096 bytes", "x".repeat(4_094)],
  ])("of %s is kept as it is", async (_name, metadata) => {
    const { keyId } = await newKey(t, { userId: ada }, { metadata });
    const key = await t.query((ctx) => auth.key.get(ctx, keyId));
    expect(key?.metadata).toEqual(metadata);
  });
});

function circle(): object {
  const value: Record<string, unknown> = {};
  value.value = value;
  return value;
}
