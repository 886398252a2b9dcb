import { createAuth } from "convex-gatehouse/server";
import { ConvexError, type Value } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { APP, deploy, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { components } from "./fixture/convex/components.js";
import { newUser } from "./fixture/groups.js";
import { newKey, withKey } from "./fixture/keys.js";
import { bearer, GRACE, identityOf, signUp } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let ada: string;

beforeEach(async () => {
  t = deploy();
  ada = await newUser(t, "ada");
});

type Handler = Parameters<typeof auth.http.action>[0];
type Options = NonNullable<Parameters<typeof auth.http.action>[1]>;

/** What a handler's action answers to a request with a key. */
async function answer(
  handler: Handler,
  options: Options = {},
  headers: Record<string, string> = {},
): Promise<Response> {
  const { raw } = await newKey(t, { userId: ada });
  const action = auth.http.action(handler, options) as unknown as {
    _handler: (ctx: unknown, request: Request) => Promise<Response>;
  };
  const request = new Request("https://a.example/x", {
    headers: { ...withKey(raw).headers, ...headers },
  });
  const responses: Response[] = [];
  await t.action(async (ctx) => {
    responses.push(await action._handler(ctx, request));
  });
  return responses[0]!;
}

const preflight = (method: string) =>
  t.fetch("/api/projects", {
    method: "OPTIONS",
    headers: { Origin: APP, "Access-Control-Request-Method": method },
  });

describe("methods", () => {
  it("HEAD is a GET, which asks for a key", async () => {
    const response = await t.fetch("/api/projects", { method: "HEAD" });
    expect(response.status).toBe(401);
  });

  it("pages may send HEAD where they may send GET", async () => {
    const { headers } = await preflight("HEAD");
    expect(headers.get("access-control-allow-origin")).toBe(APP);
  });

  it.each(["get", "GET, POST", "__proto__", "constructor", "TRACE", "x\u00e9"])(
    "a preflight for %j allows nothing, and repeats nothing",
    async (method) => {
      const response = await preflight(method);
      expect(response.status).toBe(204);
      expect([...response.headers.keys()]).toEqual([]);
    },
  );

  it("OPTIONS that is no preflight allows nothing", async () => {
    const response = await t.fetch("/api/projects", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect([...response.headers.keys()]).toEqual([]);
  });
});

describe("a handler's answer", () => {
  it("of any kind of response can be read by the pages that may", async () => {
    const cors = { origins: [APP] };
    const read = (handler: Handler) =>
      answer(handler, { cors }, { Origin: APP });
    const redirect = await read(() =>
      Response.redirect("https://b.example/", 302),
    );
    expect(redirect.status).toBe(302);
    expect(redirect.headers.get("location")).toBe("https://b.example/");
    const none = await read(() => new Response(null, { status: 204 }));
    expect(none.status).toBe(204);
    const cookies = await read(() => {
      const headers = new Headers();
      headers.append("Set-Cookie", "a=1");
      headers.append("Set-Cookie", "b=2");
      return new Response("x", { headers });
    });
    expect(cookies.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    for (const { headers } of [redirect, none, cookies]) {
      expect(headers.get("access-control-allow-origin")).toBe(APP);
      expect(headers.get("vary")).toBe("Origin");
    }
  });

  const circular: Record<string, unknown> = {};
  circular.circular = circular;
  it.each<[string, () => unknown]>([
    ["throws a text", () => thrown("text")],
    ["throws nothing", () => thrown(undefined)],
    ["throws an error without data", () => Promise.reject(new ConvexError(""))],
    ["gives Response.error()", () => Response.error()],
    ["gives itself", () => circular],
    [
      "gives a response that was read",
      async () => {
        const response = new Response("x");
        await response.text();
        return response;
      },
    ],
  ])("that %s is an error of constant shape", async (_name, handler) => {
    const response = await answer(handler);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      error: {
        ...{ code: "INTERNAL_ERROR", message: "something went wrong" },
        retryAfterMs: null,
      },
    });
  });

  it("that is no JSON is an error", async () => {
    const response = await answer(() => () => 1);
    expect(response.status).toBe(500);
  });

  it.each<[string, Value]>([
    ["a bigint", 5n],
    ["a text", "soon\r\nX-Evil: 1"],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["an object", {}],
    ["negative", -5],
  ])(
    "has a constant shape when retryAfterMs is %s",
    async (_, retryAfterMs) => {
      const response = await answer(() => {
        throw new ConvexError({
          code: "RATE_LIMITED",
          message: "m",
          retryAfterMs,
        });
      });
      expect(response.status).toBe(429);
      expect(response.headers.has("retry-after")).toBe(false);
      expect(await response.json()).toEqual({
        error: { code: "RATE_LIMITED", message: "m", retryAfterMs: null },
      });
    },
  );

  it("names a missing scope without a way out of its quotation marks", async () => {
    const scope = {
      resource: 'a", x="\r\nSet-Cookie: a=b',
      action: "é\\\u0000",
    };
    const response = await answer(() => 1, { scope });
    expect(response.status).toBe(403);
    expect(response.headers.get("www-authenticate")).toBe(
      'Bearer error="insufficient_scope", scope="a, x=Set-Cookie: a=b:"',
    );
  });

  it("in JSON is not for shared caches", async () => {
    const { headers } = await answer(() => ({ secret: 1 }));
    expect(headers.get("cache-control")).toMatch(/no-store|private/);
  });
});

describe("CORS of a route", () => {
  const read = (cors: Options["cors"], own: object, origin = APP) =>
    answer(
      () => new Response("x", { headers: { ...own } }),
      { cors },
      {
        Origin: origin,
      },
    );

  it("has no credentials for everybody, whatever the handler sets", async () => {
    const own = { "Access-Control-Allow-Credentials": "true" };
    const { headers } = await read({ origins: "*" }, own);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.has("access-control-allow-credentials")).toBe(false);
  });

  it("lets nobody else in, whatever the handler sets", async () => {
    const own = { "Access-Control-Allow-Origin": "*" };
    const cors = { origins: [APP], credentials: true };
    const { headers } = await read(cors, own, "https://evil.example");
    expect(headers.has("access-control-allow-origin")).toBe(false);
  });

  it("takes a list with * for everybody", async () => {
    const { headers } = await read({ origins: ["*"] }, {});
    expect(headers.get("access-control-allow-origin")).toBe("*");
  });

  it("lets pages read when to come back", async () => {
    const { headers } = await read({ origins: [APP] }, {});
    expect(headers.get("access-control-expose-headers")).toMatch(
      /retry-after/i,
    );
  });
});

describe("mistakes of the app are told when it is deployed", () => {
  it.each([
    ["a scope without an action", { scope: { resource: "project" } }],
    ["a scope of numbers", { scope: { resource: 1, action: 2 } }],
    ["an option that there is not", { scopes: [] }],
  ])("%s", (_name, options) => {
    expect(() => auth.http.action(() => 1, options as Options)).toThrow();
  });

  it("a header that cannot be one", () => {
    expect(() =>
      createAuth(components.auth, {
        ...{ providers: [], keys: { headers: ["x api key"] } },
      }),
    ).toThrow();
  });
});

describe("a key beside a token in Authorization", () => {
  it("an action for keys sees both", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const tokens = await signUp(t, GRACE);
    const headers = { Authorization: `Bearer ${tokens.token}` };
    const response = await bearer(t, tokens).fetch("/api/session", {
      headers: { ...headers, "x-api-key": raw },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toBe(identityOf(tokens).userId);
  });

  it("auth.user.current takes the key where the session has ended", async () => {
    const { raw } = await newKey(t, { userId: ada });
    const { token } = await signUp(t, GRACE);
    const response = await t.fetch("/api/who", {
      headers: { Authorization: `Bearer ${token}`, "x-api-key": raw },
    });
    expect(await response.json()).toBe(ada);
  });
});

/** Throws what is no error. */
function thrown(value: unknown): never {
  throw value;
}
