import { beforeEach, describe, expect, it } from "vitest";
import {
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
import {
  claimsOf,
  exchange,
  keyBearer,
  newKey,
  tokenOf,
} from "./fixture/keys.js";
import { api } from "./fixture/modules.js";
import { refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

const scopes = [
  { resource: "project", actions: ["read", "update"] },
  { resource: "billing", actions: ["read"] },
];
const SCOPE = "billing:read project:read project:update";

describe("POST /api/auth/token", () => {
  it("gives a token for a key, which must not be stored", async () => {
    const { raw } = await newKey(t, { userId: ada }, { scopes });
    const response = await exchange(t, raw);
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
    const token = await tokenOf(t, raw);
    const { payload, protectedHeader } = await claimsOf(t, token);
    expect(protectedHeader.alg).toBe("ES256");
    expect(payload).toEqual({
      ...{ iss: SITE, aud: "api-key", sub: `api-key:${keyId}`, keyId },
      ...{ iat: START / 1_000, exp: START / 1_000 + 300 },
      ...{ jti: expect.stringMatching(/.{16}/), scope: expect.any(String) },
    });
    expect(String(payload.scope).split(" ").sort().join(" ")).toBe(SCOPE);
    await expect(claimsOf(t, token, "convex")).rejects.toThrow(/aud/);
    pass(300_000);
    await expect(claimsOf(t, token)).rejects.toThrow(/exp/);
  });

  it("gives each token an id of its own", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const { payload: first } = await claimsOf(t, await tokenOf(t, raw));
    const { payload: second } = await claimsOf(t, await tokenOf(t, raw));
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
      const response = await exchange(t, key);
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
    expect((await exchange(t, raw)).status).toBe(200);
    expect((await exchange(t, raw)).status).toBe(429);
  });

  it("has who guesses wait, and nobody else", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const guesser = t.withRequestMetadata(HOME);
    const statuses: number[] = [];
    for (let index = 0; index < 32; index += 1) {
      statuses.push((await exchange(guesser, "sk_guess")).status);
    }
    expect(statuses.slice(0, 30)).toEqual(Array(30).fill(401));
    const limited = await exchange(guesser, raw);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await limited.json()).toMatchObject({
      error: { code: "RATE_LIMITED", retryAfterMs: expect.any(Number) },
    });
    expect((await exchange(t, raw)).status).toBe(200);
    pass(60_000);
    expect((await exchange(guesser, raw)).status).toBe(200);
  });

  it("stores no token", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const token = await tokenOf(t, raw);
    expect(JSON.stringify(await snapshot(t))).not.toContain(token.slice(-40));
  });
});

describe("a key's token is no session", () => {
  it("auth.user and auth.session know nobody", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const caller = await keyBearer(t, raw);
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
    const caller = await keyBearer(t, raw);
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
