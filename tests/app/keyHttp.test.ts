import { createAuth } from "convex-gatehouse/server";
import { httpRouter } from "convex/server";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { APP, deploy, pass, START, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { components } from "./fixture/convex/components.js";
import { ban, newUser } from "./fixture/groups.js";
import { newKey, type NewKey, withKey } from "./fixture/keys.js";

useFreshApp();

const DAY = 86_400_000;

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

const make = (fields: Partial<NewKey> = {}) =>
  newKey(t, { userId: ada }, fields);

/** A refusal in the one shape that all of them have. */
async function expectRefusal(
  response: Response,
  status: number,
  code: string,
): Promise<{ retryAfterMs: number | null; message: string }> {
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const body = (await response.json()) as {
    error: { retryAfterMs: number | null; message: string };
  };
  expect(body).toEqual({
    error: {
      code,
      message: expect.stringMatching(/./),
      retryAfterMs: body.error.retryAfterMs,
    },
  });
  const { retryAfterMs } = body.error;
  expect(retryAfterMs === null || retryAfterMs > 0).toBe(true);
  expect(response.headers.has("retry-after")).toBe(retryAfterMs !== null);
  return body.error;
}

describe("an HTTP action for keys", () => {
  it("calls the handler with the key, and answers JSON", async () => {
    const { keyId, raw } = await make();
    const response = await t.fetch("/api/projects", withKey(raw));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual({
      ...{ keyId, userId: ada, name: "CI", canDelete: false },
      scopes: [{ resource: "project", actions: ["read"] }],
    });
  });

  it("passes on a response of the handler's", async () => {
    const scopes = [{ resource: "project", actions: ["create"] }];
    const { raw } = await make({ scopes });
    const response = await t.fetch("/api/projects", {
      ...withKey(raw),
      ...{ method: "POST", body: JSON.stringify({ name: "Apollo" }) },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe("/api/projects/1");
    expect(await response.json()).toEqual({ made: { name: "Apollo" } });
  });

  it("answers null where the handler gives nothing", async () => {
    const { raw } = await make();
    const response = await t.fetch("/api/ping", withKey(raw));
    expect(await response.text()).toBe("null");
  });

  it.each(["Bearer", "bearer", "BEARER", "bEaReR"])(
    "takes the scheme %s",
    async (scheme) => {
      const { raw } = await make();
      const response = await t.fetch("/api/ping", {
        headers: { Authorization: `${scheme}  ${raw} ` },
      });
      expect(response.status).toBe(200);
    },
  );

  it("takes x-api-key where no bearer is", async () => {
    const { raw } = await make();
    const headers = { "X-API-Key": raw };
    expect((await t.fetch("/api/ping", { headers })).status).toBe(200);
    const basic = { ...headers, Authorization: "Basic YTpi" };
    expect((await t.fetch("/api/ping", { headers: basic })).status).toBe(200);
    const wrong = { ...headers, Authorization: "Bearer sk_wrong" };
    const response = await t.fetch("/api/ping", { headers: wrong });
    await expectRefusal(response, 401, "INVALID_API_KEY");
  });

  it("takes keys from the headers that the app names, and no others", async () => {
    const { raw } = await make();
    const status = async (headers: Record<string, string>) =>
      (await t.fetch("/api/own-header", { headers })).status;
    expect(await status({ "x-acme-key": raw })).toBe(200);
    expect(await status({ Authorization: `Bearer ${raw}` })).toBe(200);
    expect(await status({ "x-api-key": raw })).toBe(401);
    expect(await status({ "x-acme-key": `Bearer ${raw}` })).toBe(401);
  });

  it("asks for a kind of keys", async () => {
    const { raw } = await make();
    const wrong = await t.fetch("/api/partner", withKey(raw));
    await expectRefusal(wrong, 401, "INVALID_API_KEY");
    const partner = await make({ configId: "partner" });
    const right = await t.fetch("/api/partner", withKey(partner.raw));
    expect(await right.json()).toBe("partner");
  });
});

describe("a refusal", () => {
  it("401 without a key asks for one", async () => {
    const response = await t.fetch("/api/projects");
    await expectRefusal(response, 401, "MISSING_BEARER_TOKEN");
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
  });

  it("401 with a key that does not work says so, and no more", async () => {
    const revoked = await make();
    await t.mutation((ctx) => auth.key.revoke(ctx, revoked.keyId));
    const disabled = await make();
    await t.mutation((ctx) =>
      auth.key.update(ctx, disabled.keyId, { enabled: false }),
    );
    const expired = await make({ expiresAt: START + DAY });
    pass(DAY);
    for (const [raw, code] of [
      ["sk_garbage", "INVALID_API_KEY"],
      [revoked.raw, "API_KEY_REVOKED"],
      [disabled.raw, "API_KEY_DISABLED"],
      [expired.raw, "API_KEY_EXPIRED"],
    ] as const) {
      const response = await t.fetch("/api/projects", withKey(raw));
      await expectRefusal(response, 401, code);
      expect(response.headers.get("www-authenticate")).toBe(
        'Bearer error="invalid_token"',
      );
    }
    const { raw } = await make();
    await ban(t, ada);
    const response = await t.fetch("/api/projects", withKey(raw));
    await expectRefusal(response, 401, "API_KEY_OWNER_INACTIVE");
  });

  it("403 when the scope is missing, and names it", async () => {
    const { raw } = await make();
    const response = await t.fetch("/api/projects", {
      ...withKey(raw),
      ...{ method: "POST", body: "{}" },
    });
    await expectRefusal(response, 403, "SCOPE_CHECK_FAILED");
    expect(response.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="project:create"',
    );
  });

  it("403 by the app's own question is no question of the key", async () => {
    const { raw } = await make();
    const response = await t.fetch("/api/members", withKey(raw));
    await expectRefusal(response, 403, "FORBIDDEN");
    expect(response.headers.has("www-authenticate")).toBe(false);
  });

  it("429 tells after how many whole seconds to come back", async () => {
    const rateLimit = { maxRequests: 1, windowMs: 10_000 };
    const { raw } = await make({ rateLimit });
    const get = () => t.fetch("/api/ping", withKey(raw));
    expect((await get()).status).toBe(200);
    pass(1_500);
    const refused = await get();
    const { retryAfterMs } = await expectRefusal(
      refused,
      429,
      "API_KEY_RATE_LIMITED",
    );
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBe(Math.ceil(retryAfterMs! / 1_000));
    expect(seconds).toBe(9);
    pass(seconds * 1_000);
    expect((await get()).status).toBe(200);
  });

  it("429 without a time when a quota is used up for ever", async () => {
    const { raw } = await make({ quota: { remaining: 1 } });
    await t.fetch("/api/ping", withKey(raw));
    const response = await t.fetch("/api/ping", withKey(raw));
    const { retryAfterMs } = await expectRefusal(
      response,
      429,
      "API_KEY_QUOTA_EXCEEDED",
    );
    expect(retryAfterMs).toBeNull();
  });

  it.each(["/api/broken", "/api/own-error", "/api/unserializable"])(
    "500 for an error of the handler of %s, without details",
    async (path) => {
      const { raw } = await make();
      const response = await t.fetch(path, withKey(raw));
      const { message } = await expectRefusal(response, 500, "INTERNAL_ERROR");
      expect(message).toBe("something went wrong");
    },
  );

  it("is 401 and never 500 for any header, of any size", async () => {
    const { raw } = await make();
    const byte = fc
      .integer({ min: 0x20, max: 0xff })
      .map((code) => String.fromCharCode(code));
    const text = fc.string({ unit: byte, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("authorization", "x-api-key"),
        fc.oneof(
          text,
          text.map((rest) => `Bearer ${rest}`),
          text.map((rest) => `Bearer sk_${rest}`),
          text.map((rest) => `Bearer ${raw}${rest}x`),
          text.map((rest) => `Bearer ${raw} ${rest}x`),
          text.map((rest) => `Bearer, Bearer ${raw}${rest}`),
          text.map((rest) => `Basic ${rest}`),
          fc.nat(100_000).map((size) => `Bearer ${"s".repeat(size)}`),
          fc.nat(600).map((size) => `Bearer sk_${"A".repeat(size)}`),
        ),
        async (name, value) => {
          const headers = new Headers();
          headers.set(name, value);
          const response = await t.fetch("/api/ping", { headers });
          expect(response.status).toBe(401);
          expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
          const { error } = (await response.json()) as {
            error: { code: string };
          };
          expect(["MISSING_BEARER_TOKEN", "INVALID_API_KEY"]).toContain(
            error.code,
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe("pages of other origins", () => {
  const preflight = (path: string, method: string, origin = APP) =>
    t.fetch(path, {
      method: "OPTIONS",
      headers: { Origin: origin, "Access-Control-Request-Method": method },
    });

  it("are told what they may send, for each method of a path", async () => {
    const get = await preflight("/api/projects", "GET");
    expect(get.status).toBe(204);
    expect(Object.fromEntries(get.headers)).toMatchObject({
      "access-control-allow-origin": APP,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "authorization, content-type, x-api-key",
      "access-control-max-age": "600",
      vary: "Origin",
    });
    const post = await preflight(
      "/api/projects",
      "POST",
      "https://any.example",
    );
    expect(Object.fromEntries(post.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-max-age": "5",
    });
    expect(post.headers.get("access-control-allow-headers")).toContain(
      "x-trace",
    );
    expect(post.headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("may send the headers in which the app takes keys", async () => {
    const { headers } = await preflight("/api/own-header", "GET");
    expect(headers.get("access-control-allow-headers")).toContain("X-Acme-Key");
  });

  it.each(["https://evil.example", "null", `${APP}.evil.example`, ""])(
    "from %j are allowed nothing",
    async (origin) => {
      const { raw } = await make();
      const answers = [
        await preflight("/api/projects", "GET", origin),
        await preflight("/api/projects", "DELETE"),
        await t.fetch("/api/projects", {
          headers: { ...withKey(raw).headers, Origin: origin },
        }),
      ];
      for (const { headers } of answers) {
        expect(
          [...headers.keys()].filter((name) =>
            name.startsWith("access-control-"),
          ),
        ).toEqual([]);
      }
    },
  );

  it("can read answers and refusals alike", async () => {
    const { raw } = await make();
    for (const init of [withKey(raw), { headers: {} }]) {
      const { headers } = await t.fetch("/api/projects", {
        headers: { ...init.headers, Origin: APP },
      });
      expect(headers.get("access-control-allow-origin")).toBe(APP);
      expect(headers.get("access-control-allow-credentials")).toBe("true");
      expect(headers.get("vary")).toBe("Origin");
    }
  });

  it("do not get a wildcard beside what the handler's answer varies by", async () => {
    const scopes = [{ resource: "project", actions: ["create"] }];
    const { raw } = await make({ scopes });
    const { headers } = await t.fetch("/api/projects", {
      headers: { ...withKey(raw).headers, Origin: APP },
      ...{ method: "POST", body: "{}" },
    });
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("vary")).toBe("Accept");
  });

  it.each([["*" as const], [["https://app.example.com", "*"]]])(
    "cannot all send credentials: %j throws",
    (origins) => {
      const cors = { origins, credentials: true };
      const { http } = createAuth(components.auth, { providers: [] });
      expect(() => http.action(() => null, { cors })).toThrow(/credentials/);
      expect(() =>
        http.route(httpRouter(), {
          ...{ path: "/x", method: "GET", handler: () => null, cors },
        }),
      ).toThrow(/credentials/);
    },
  );
});
