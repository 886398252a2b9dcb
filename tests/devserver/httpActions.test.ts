import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people } from "./fixture/functions.js";
import { startFixture, type FixtureServer } from "./fixture/server.js";
import { makeToken } from "./fixture/tokens.js";

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixture();
});
afterAll(() => server.stop());

describe("HTTP actions", () => {
  test("see query string, headers, body, identity and caller", async () => {
    const response = await fetch(`${server.url}/echo?a=1&b=%C3%A9`, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "User-Agent": "test agent",
        Authorization: `Bearer ${await makeToken({ subject: "me" })}`,
      },
      body: JSON.stringify({ hello: "wörld" }),
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      origin: server.url,
      query: { a: "1", b: "é" },
      body: { hello: "wörld" },
      contentType: "application/json",
      subject: "me",
      ip: "127.0.0.1",
      userAgent: "test agent",
    });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  test("answer CORS preflights themselves", async () => {
    const response = await fetch(`${server.url}/echo`, { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(
      "https://app.example",
    );
  });

  test("may live below /api/, next to the API", async () => {
    const response = await fetch(`${server.url}/api/auth/callback`);
    expect(await response.text()).toBe("callback");
  });

  test("do not mind an Authorization header of another scheme", async () => {
    const response = await fetch(`${server.url}/echo`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_not_a_jwt" },
      body: "{}",
    });
    expect(await response.json()).toMatchObject({ subject: null });
  });

  test("that fail answer 500, and the server goes on", async () => {
    const response = await fetch(`${server.url}/fail`);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      trace: expect.stringContaining("http action failed") as string,
    });
    expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
  });
});

describe("the function API", () => {
  test("lets browsers of every origin in", async () => {
    const response = await fetch(`${server.url}/api/query`, {
      method: "OPTIONS",
      headers: {
        Origin: "http://localhost:5173",
        "Access-Control-Request-Headers": "convex-client,content-type",
      },
    });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(
      "http://localhost:5173",
    );
    expect(response.headers.get("Access-Control-Allow-Headers")).toBe(
      "convex-client,content-type",
    );
  });

  test("/api/function runs whatever the function is", async () => {
    const response = await fetch(`${server.url}/api/function`, {
      method: "POST",
      body: JSON.stringify({
        path: "messages:send",
        args: { room: "function", body: "x" },
        format: "json",
      }),
    });
    expect(await response.json()).toMatchObject({
      status: "success",
      logLines: ["[LOG] 'sending' 'x'"],
    });
  });

  test.each([
    ["malformed JSON", "{"],
    ["no path", "{}"],
    ["a path that is no string", '{"path":1,"args":{}}'],
    ["no arguments", '{"path":"people:viewer"}'],
  ])("%s is refused with 400", async (_what, body) => {
    const init = { method: "POST", body };
    const response = await fetch(`${server.url}/api/query`, init);
    expect(response.status).toBe(400);
  });

  test.each(["constructor:name", "__proto__:x", "../schema:default", ""])(
    "the path %j is no function",
    async (path) => {
      const response = await fetch(`${server.url}/api/query`, {
        method: "POST",
        body: JSON.stringify({ path, args: {} }),
      });
      expect(await response.json()).toMatchObject({ status: "error" });
    },
  );

  test("a body over 16 MiB is refused", async () => {
    const response = await fetch(`${server.url}/api/query`, {
      method: "POST",
      body: "x".repeat(16 * 1024 * 1024 + 1),
    });
    expect(response.status).toBe(413);
  });
});

describe("request metadata", () => {
  test("names the socket's peer, in nested component calls too", async () => {
    const response = await fetch(`${server.url}/api/mutation`, {
      method: "POST",
      headers: { "User-Agent": "Browser/1", "X-Forwarded-For": "203.0.113.9" },
      body: JSON.stringify({ path: "people:origin", args: {} }),
    });
    const origin = { ip: "127.0.0.1", userAgent: "Browser/1" };
    expect(await response.json()).toMatchObject({
      value: { ...origin, nested: origin },
    });
  });

  test("is there for WebSocket clients", async () => {
    const { ip } = await server.liveClient().mutation(people.origin, {});
    expect(ip).toBe("127.0.0.1");
  });

  test("follows X-Forwarded-For where the proxy is trusted", async () => {
    const behindProxy = await startFixture({ trustProxy: true });
    const response = await fetch(`${behindProxy.url}/api/mutation`, {
      method: "POST",
      headers: { "X-Forwarded-For": "203.0.113.9, 10.0.0.1" },
      body: JSON.stringify({ path: "people:origin", args: {} }),
    });
    expect(await response.json()).toMatchObject({
      value: { ip: "203.0.113.9" },
    });
    await behindProxy.stop();
  });
});
