import {
  createLocalJWKSet,
  decodeProtectedHeader,
  type JSONWebKeySet,
  jwtVerify,
} from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import {
  deploy,
  inComponent,
  SITE,
  snapshot,
  START,
  useFreshApp,
} from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { api } from "./fixture/modules.js";
import {
  ADA,
  GRACE,
  identityOf,
  PASSWORD,
  refresh,
  signUp,
  tokensOf,
  withPassword,
} from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

const keySet = async () => {
  const response = await t.fetch("/.well-known/jwks.json");
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json");
  return (await response.json()) as JSONWebKeySet;
};

describe("the key set", () => {
  it("is empty before the first token, and has one key after it", async () => {
    expect(await keySet()).toEqual({ keys: [] });
    const { token } = await signUp(t);
    const { keys } = await keySet();
    expect(keys).toEqual([
      {
        ...{ kty: "EC", crv: "P-256", alg: "ES256", use: "sig" },
        x: expect.stringMatching(/^[\w-]{43}$/),
        y: expect.stringMatching(/^[\w-]{43}$/),
        kid: decodeProtectedHeader(token).kid,
      },
    ]);
  });

  it("verifies access tokens with a peer's implementation, for Convex's settings", async () => {
    const { token } = await signUp(t);
    const verified = await jwtVerify(token, createLocalJWKSet(await keySet()), {
      ...{ issuer: SITE, audience: "convex", algorithms: ["ES256"] },
      currentDate: new Date(START + 1_000),
    });
    const { userId, sessionId } = identityOf({ token });
    expect(verified.payload).toMatchObject({
      ...{ sub: `${userId}|${sessionId}`, sid: sessionId },
      ...{ iat: START / 1_000, exp: START / 1_000 + 900, amr: ["pwd"] },
    });
    expect(Object.keys(verified.payload).sort()).toEqual([
      "amr",
      "aud",
      "auth_time",
      "exp",
      "iat",
      "iss",
      "jti",
      "sid",
      "sub",
    ]);
  });

  it("does not verify another deployment's tokens", async () => {
    await signUp(t);
    const { token } = await signUp(deploy());
    await expect(
      jwtVerify(token, createLocalJWKSet(await keySet())),
    ).rejects.toThrow();
  });

  it("may be cached for seconds only, and in an outage for longer", async () => {
    const response = await t.fetch("/.well-known/jwks.json");
    expect(response.headers.get("cache-control")).toMatch(/max-age=15\b/);
  });
});

describe("the metadata of the issuer", () => {
  it("name the issuer, the key set and the algorithm", async () => {
    const response = await t.fetch("/.well-known/openid-configuration");
    expect(await response.json()).toMatchObject({
      issuer: SITE,
      jwks_uri: `${SITE}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ["ES256"],
    });
  });
});

describe("secrets of the deployment", () => {
  it("two first requests at once make one key and one pepper", async () => {
    const both = await Promise.all([signUp(t, ADA), signUp(t, GRACE)]);
    const { SigningKey, DeploymentSecret } = await snapshot(t);
    expect(SigningKey).toHaveLength(1);
    expect(DeploymentSecret).toHaveLength(1);
    const keys = createLocalJWKSet(await keySet());
    for (const { token } of both) {
      await jwtVerify(token, keys, { currentDate: new Date(START) });
    }
  });

  it("no private part, hash or pepper is in any public result", async () => {
    const first = await signUp(t);
    await withPassword(t, { flow: "reset", email: ADA });
    const tokens = await refresh(t, first);
    const { userId, sessionId } = identityOf(tokens);
    const account = { provider: "password", account: { id: ADA } };
    const results = JSON.stringify([
      await keySet(),
      await (await t.fetch("/.well-known/openid-configuration")).json(),
      tokens,
      await withPassword(t, { flow: "signIn", email: ADA, password: PASSWORD }),
      await t.query(async (ctx) => [
        await auth.user.get(ctx, userId),
        await auth.user.list(ctx),
        await auth.session.get(ctx, sessionId),
        await auth.session.list(ctx, { userId }),
        await auth.account.get(ctx, account),
        await auth.account.list(ctx, { userId }),
        await auth.audit.list(ctx, { userId }),
      ]),
      await t.mutation((ctx) =>
        auth.account.get(ctx, {
          ...account,
          account: { id: ADA, secret: PASSWORD },
        }),
      ),
      tokensOf(
        await t.action(api.auth.signIn, { refreshToken: tokens.refreshToken }),
      ),
    ]);
    const secrets = await inComponent(t, async (ctx) => {
      const [key] = await ctx.db.query("SigningKey").collect();
      const [pepper] = await ctx.db.query("DeploymentSecret").collect();
      const [stored] = await ctx.db.query("Account").collect();
      const [token] = await ctx.db.query("RefreshToken").collect();
      const [code] = await ctx.db.query("VerificationCode").collect();
      return [
        key?.secret,
        pepper?.value,
        stored?.secret,
        ...[token?.familyHash, token?.tokenHash, token?.successorSalt],
        ...[code?.codeHash, code?.verifierHash],
      ];
    });
    for (const secret of secrets) {
      expect(secret).toMatch(/.{20}/);
      expect(results).not.toContain(secret);
    }
    expect(results).not.toMatch(/"d"|\$argon2|tokenHash|codeHash/);
  });

  it("no token, code or password is stored in the clear", async () => {
    const tokens = await signUp(t);
    const { verifier } = (await withPassword(
      t,
      { flow: "signUp", email: GRACE, password: PASSWORD },
      "verified",
    )) as { verifier: string };
    const stored = JSON.stringify(await snapshot(t));
    for (const secret of [
      tokens.refreshToken,
      tokens.refreshToken.slice(3, 40),
      tokens.token,
      verifier,
      PASSWORD,
    ]) {
      expect(stored).not.toContain(secret);
    }
  });
});
