import type { ConvexClient } from "convex/browser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { people } from "./fixture/functions.js";
import {
  resultOf,
  startFixture,
  type FixtureServer,
} from "./fixture/server.js";
import { makeToken, type TokenOptions } from "./fixture/tokens.js";

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixture();
});
afterAll(() => server.stop());

/** Resolves with what the client is told about its tokens. */
function authenticate(
  client: ConvexClient,
  fetchToken: () => Promise<string | null>,
): Promise<boolean> {
  return new Promise((resolve) => client.setAuth(fetchToken, resolve));
}

describe("over WebSocket", () => {
  test("a signed token shows the identity to queries", async () => {
    const client = server.liveClient();
    const token = await makeToken({
      claims: {
        given_name: "Ada",
        sid: "session",
        subscription: { plan: "pro" },
      },
    });
    expect(await authenticate(client, () => Promise.resolve(token))).toBe(true);
    expect(
      await resultOf(client, people.viewer, {}, (viewer) => viewer !== null),
    ).toEqual({
      tokenIdentifier: "https://data.example|user|session",
      subject: "user|session",
      givenName: "Ada",
      sid: "session",
      plan: "pro",
    });
  });

  test("a live query follows sign-in and sign-out", async () => {
    const client = server.liveClient();
    await resultOf(client, people.viewer, {}, (viewer) => viewer === null);
    const token = await makeToken();
    client.setAuth(() => Promise.resolve(token));
    await resultOf(client, people.viewer, {}, (viewer) => viewer !== null);
    client.client.clearAuth();
    await resultOf(client, people.viewer, {}, (viewer) => viewer === null);
  });

  test("two clients do not share what they see of themselves", async () => {
    const [ada, bob] = [server.liveClient(), server.liveClient()];
    const tokens = await Promise.all(
      ["ada", "bob"].map((subject) => makeToken({ subject })),
    );
    ada.setAuth(() => Promise.resolve(tokens[0]));
    bob.setAuth(() => Promise.resolve(tokens[1]));
    const seen = await Promise.all(
      [ada, bob].map((client) =>
        resultOf(client, people.viewer, {}, (viewer) => viewer !== null),
      ),
    );
    expect(seen.map((viewer) => viewer?.subject)).toEqual(["ada", "bob"]);
  });

  test.each<[string, TokenOptions]>([
    ["a bad signature", { forged: true }],
    ["a key that nobody published", { keyId: "other" }],
    ["another audience", { audience: "elsewhere" }],
    ["an issuer that is not configured", { issuer: "https://evil.example" }],
    ["an expiry that has passed", { lifetime: -60 }],
  ])("%s is rejected, and the client is told", async (_what, options) => {
    const client = server.liveClient();
    const accepted = await authenticate(client, () => makeToken(options));
    expect(accepted).toBe(false);
    expect(await client.query(people.viewer, {})).toBeNull();
  });

  test("a rejected token is replaced by a good one", async () => {
    const client = server.liveClient();
    let calls = 0;
    const accepted = await authenticate(client, () => {
      calls += 1;
      return makeToken({ forged: calls === 1 });
    });
    expect(accepted).toBe(true);
    const viewer = await resultOf(client, people.viewer, {}, (v) => v !== null);
    expect(viewer?.subject).toBe("user|session");
  });
});

test("a token that expires while connected is replaced before a call", async () => {
  let elapsed = 0;
  const own = await startFixture({ now: () => Date.now() + elapsed });
  const client = own.liveClient();
  const first = await makeToken({ subject: "first", lifetime: 900 });
  const second = await makeToken({ subject: "second", lifetime: 9_000 });
  const fetchToken = () => Promise.resolve(elapsed === 0 ? first : second);
  expect(await authenticate(client, fetchToken)).toBe(true);
  elapsed = 1_000_000;
  const renewed = resultOf(
    client,
    people.viewer,
    {},
    (viewer) => viewer?.subject === "second",
  );
  const { ip } = await client.mutation(people.origin, {});
  expect(ip).toBe("127.0.0.1");
  await renewed;
  await own.stop();
});

describe("over HTTP", () => {
  test("a bearer token shows the identity", async () => {
    const client = server.httpClient();
    client.setAuth(await makeToken({ subject: "http" }));
    const viewer = await client.query(people.viewer, {});
    expect(viewer?.subject).toBe("http");
  });

  test("a token that proves nothing is refused with 401", async () => {
    const token = await makeToken({ forged: true });
    const response = await fetch(`${server.url}/api/query`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
      body: JSON.stringify({ path: "people:viewer", args: {} }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: "Unauthenticated" });
  });
});

describe("providers", () => {
  test("keys are fetched from the app's own HTTP action", async () => {
    const client = server.httpClient();
    client.setAuth(await makeToken({ issuer: server.url }));
    expect(await client.query(people.viewer, {})).not.toBeNull();
  });

  test("an OIDC provider is found by its domain", async () => {
    const client = server.httpClient();
    client.setAuth(await makeToken({ issuer: `${server.url}/oidc` }));
    expect(await client.query(people.viewer, {})).not.toBeNull();
  });
});
