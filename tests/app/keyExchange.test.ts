import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import {
  type Caller,
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
import { refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

const exchange = (raw: string, caller: Caller = t) =>
  caller.fetch("/api/auth/token", { method: "POST", ...withKey(raw) });

/** The token that a key is exchanged for. */
async function tokenOf(raw: string): Promise<string> {
  const { access_token } = (await (await exchange(raw)).json()) as {
    access_token: string;
  };
  return access_token;
}

async function claimsOf(token: string, audience = "api-key") {
  const response = await t.fetch("/.well-known/jwks.json");
  const keys = createLocalJWKSet((await response.json()) as JSONWebKeySet);
  return await jwtVerify(token, keys, {
    ...{ issuer: SITE, audience, algorithms: ["ES256"] },
    currentDate: new Date(Date.now()),
  });
}

/** The caller with a key's token, as Convex sees it after it has verified it. */
async function bearer(raw: string): Promise<Caller> {
  const { payload } = await claimsOf(await tokenOf(raw));
  const { sub = "", iss = "", ...claims } = payload;
  return t.withIdentity({
    ...{ subject: sub, issuer: iss, tokenIdentifier: `${iss}|${sub}` },
    ...{ keyId: String(claims.keyId), scope: String(claims.scope) },
  });
}

const scopes = [
  { resource: "project", actions: ["read", "update"] },
  { resource: "billing", actions: ["read"] },
];
const SCOPE = "billing:read project:read project:update";

describe("POST /api/auth/token", () => {
  it("gives a token for a key, which must not be stored", async () => {
    const { raw } = await newKey(t, { userId: ada }, { scopes });
    const response = await exchange(raw);
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-type")).toBe("application/json");
    const { scope, ...body } = (await response.json()) as { scope: string };
    expect(body).toEqual({
      ...{ access_token: expect.any(String), token_type: "Bearer" },
      expires_in: 300,
    });
    expect(scope.split(" ").sort().join(" ")).toBe(SCOPE);
  });

  it("signs it with the published key, for five minutes and for no session", async () => {
    const { keyId, raw } = await newKey(t, { userId: ada }, { scopes });
    const token = await tokenOf(raw);
    const { payload, protectedHeader } = await claimsOf(token);
    expect(protectedHeader.alg).toBe("ES256");
    expect(payload).toEqual({
      ...{ iss: SITE, aud: "api-key", sub: `api-key:${keyId}`, keyId },
      ...{ iat: START / 1_000, exp: START / 1_000 + 300 },
      ...{ jti: expect.stringMatching(/.{16}/), scope: expect.any(String) },
    });
    expect(String(payload.scope).split(" ").sort().join(" ")).toBe(SCOPE);
    await expect(claimsOf(token, "convex")).rejects.toThrow(/aud/);
    pass(300_000);
    await expect(claimsOf(token)).rejects.toThrow(/exp/);
  });

  it("gives each token an id of its own", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const { payload: first } = await claimsOf(await tokenOf(raw));
    const { payload: second } = await claimsOf(await tokenOf(raw));
    expect(first.jti).not.toBe(second.jti);
  });

  it("refuses what is no key, a key that does not work, and no key", async () => {
    const none = await t.fetch("/api/auth/token", { method: "POST" });
    expect(none.status).toBe(401);
    expect(await none.json()).toMatchObject({
      error: { code: "MISSING_BEARER_TOKEN", retryAfterMs: null },
    });
    const { keyId, raw } = await newKey(t, { userId: ada });
    await t.mutation((ctx) => auth.key.revoke(ctx, keyId));
    for (const [key, code] of [
      ["sk_guess", "INVALID_API_KEY"],
      [raw, "API_KEY_REVOKED"],
    ] as const) {
      const response = await exchange(key);
      expect(response.status).toBe(401);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(await response.json()).toMatchObject({ error: { code } });
    }
  });

  it("counts as a use of a key", async () => {
    const { raw } = await newKey(
      t,
      { userId: ada },
      { quota: { remaining: 1 } },
    );
    expect((await exchange(raw)).status).toBe(200);
    expect((await exchange(raw)).status).toBe(429);
  });

  it("has who guesses wait, and nobody else", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const guesser = t.withRequestMetadata(HOME);
    const statuses: number[] = [];
    for (let index = 0; index < 32; index += 1) {
      statuses.push((await exchange("sk_guess", guesser)).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    const limited = await exchange(raw, guesser);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await limited.json()).toMatchObject({
      error: { code: "RATE_LIMITED", retryAfterMs: expect.any(Number) },
    });
    expect((await exchange(raw)).status).toBe(200);
    pass(60_000);
    expect((await exchange(raw, guesser)).status).toBe(200);
  });

  it("stores no token", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const token = await tokenOf(raw);
    expect(JSON.stringify(await snapshot(t))).not.toContain(token.slice(-40));
  });
});

describe("a key's token is no session", () => {
  it("auth.user and auth.session know nobody", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const caller = await bearer(raw);
    expect(await caller.query(api.caller.current, {})).toBeNull();
    expect(await caller.query(api.caller.currentSession, {})).toBeNull();
    expect(await caller.query(api.caller.viewerName, {})).toBeNull();
    expect(await refusalCode(caller.query(api.caller.required, {}))).toBe(
      "NOT_SIGNED_IN",
    );
    for (const attempt of [
      caller.query((ctx) => auth.user.require(ctx)),
      caller.query((ctx) => auth.user.requireAdmin(ctx)),
      caller.query((ctx) => auth.session.require(ctx)),
    ]) {
      expect(await refusalCode(attempt)).toBe("NOT_SIGNED_IN");
    }
  });

  it("the function builders refuse it, whatever its owner may do", async () => {
    await t.mutation((ctx) =>
      auth.user.setRole(ctx, { userId: ada, role: "admin" }),
    );
    const { raw } = await newKey(t, { userId: ada });
    const caller = await bearer(raw);
    for (const attempt of [
      caller.query(api.projects.whoAmI, {}),
      caller.query(api.projects.whereAmI, {}),
      caller.mutation(api.projects.rename, { nickname: "x" }),
      caller.query(api.projects.everybody, {}),
      caller.mutation(api.projects.clear, { reason: "x" }),
    ]) {
      expect(await refusalCode(attempt)).toBe("NOT_SIGNED_IN");
    }
  });
});
