import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuthClient } from "../../client/index.js";
import { promiseWithResolvers } from "./support/browser.js";
import { settle } from "./support/clock.js";
import { readSessionId } from "./support/deployment.js";
import { World } from "./support/setup.js";

const LIFETIME_MS = 15 * 60 * 1000;

function force(client: AuthClient): Promise<string | null> {
  return client.fetchAccessToken({ forceRefreshToken: true });
}

describe("refresh", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.storeSession();
  });
  afterEach(() => world.close());

  it("hands out the stored token while it is good", async () => {
    const client = world.createClient();
    expect(await client.fetchAccessToken()).toBe(world.stored()?.token);
    expect(world.deployment.refreshCount).toBe(0);
  });

  it("happens by itself when the token is about to expire", async () => {
    const client = world.createClient();
    await client.fetchAccessToken();
    world.clock.time += LIFETIME_MS - 10_000;
    expect(await client.fetchAccessToken()).toBe(world.stored()?.token);
    expect(world.deployment.refreshCount).toBe(1);
  });

  it("goes by this device's clock, however wrong that is", async () => {
    // The device is a day behind the server: by `exp`, the token would be good
    // for another day.
    world.browser.items.clear();
    const client = world.createClient({
      now: () => world.clock.time - 86_400_000,
    });
    await client.signIn("password", { email: "ada" });
    world.clock.time += LIFETIME_MS;
    await client.fetchAccessToken();
    expect(world.deployment.refreshCount).toBe(1);
  });

  it("renews a pair from before the clock was set back: its age is unknown", async () => {
    const client = world.createClient();
    world.clock.time -= 60_000;
    await client.fetchAccessToken();
    expect(world.deployment.refreshCount).toBe(1);
  });

  it("happens once for many who ask at the same time", async () => {
    const client = world.createClient();
    const tokens = await Promise.all(
      Array.from({ length: 50 }, () => force(client)),
    );
    expect(world.deployment.refreshCount).toBe(1);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toBe(world.stored()?.token);
  });

  it("fails once for many who ask at the same time", async () => {
    let attempts = 0;
    const waiting = world.createClient({
      fetch: () => {
        attempts += 1;
        return Promise.reject(new TypeError("Failed to fetch"));
      },
    });
    for (let call = 0; call < 50; call += 1) {
      void force(waiting);
    }
    await settle();
    expect(attempts).toBe(1);
  });

  it("carries no access token, which may have expired", async () => {
    const client = world.createClient();
    await force(client);
    expect(world.deployment.calls.map((call) => call.token)).toEqual([null]);
  });

  it("gives Convex another token each time it forces one", async () => {
    const client = world.createClient();
    const first = await client.fetchAccessToken();
    const second = await force(client);
    const third = await force(client);
    expect(new Set([first, second, third]).size).toBe(3);
  });

  it("happens once for two tabs, by a lock named for the deployment", async () => {
    const [first, second] = [world.createClient(), world.createClient()];
    await Promise.all([first.fetchAccessToken(), second.fetchAccessToken()]);
    const tokens = await Promise.all([force(first), force(second)]);
    expect(world.deployment.refreshCount).toBe(1);
    expect(tokens[0]).toBe(tokens[1]);
    expect(new Set(world.browser.lockNames)).toEqual(
      new Set(["gatehouse-refresh:https%3A%2F%2Fhappy-otter-123.convex.cloud"]),
    );
  });

  it("happens once for two clients of a page without locks", async () => {
    const first = world.createClient({ locks: null });
    const second = world.createClient({ locks: null });
    await Promise.all([first.fetchAccessToken(), second.fetchAccessToken()]);
    const tokens = await Promise.all([force(first), force(second)]);
    expect(world.deployment.refreshCount).toBe(1);
    expect(tokens[0]).toBe(tokens[1]);
  });

  it("does not wait for ever for a frozen tab that holds the lock", async () => {
    const client = world.createClient();
    void world.browser
      .openTab()
      .locks.request(
        "gatehouse-refresh:https%3A%2F%2Fhappy-otter-123.convex.cloud",
        {},
        () => new Promise<never>(() => undefined),
      );
    const token = force(client);
    await world.clock.advance(7_999);
    expect(world.deployment.refreshCount).toBe(0);
    await world.clock.advance(1);
    expect(await token).toBe(world.stored()?.token);
  });

  it("goes on in the page where locks are refused", async () => {
    const client = world.createClient({
      locks: {
        request: () => Promise.reject(new DOMException("", "SecurityError")),
      },
    });
    expect(await force(client)).toBe(world.stored()?.token);
  });

  it.each([
    ["no network", { kind: "offline" }],
    ["a 5xx", { kind: "status", status: 503 }],
    ["a captive portal", { kind: "status", status: 200, body: "<html>" }],
    ["no answer in time", { kind: "hang" }],
    [
      "INTERNAL_ERROR",
      { kind: "error", data: { code: "INTERNAL_ERROR", message: "broken" } },
    ],
  ] as const)(
    "keeps the session at %s, and succeeds later",
    async (_name, outage) => {
      const client = world.createAttached();
      await settle();
      expect(client.getState().phase).toBe("authenticated");
      world.deployment.outage = outage;
      const before = world.stored();
      const token = force(client);
      await world.clock.advance(60_000);
      expect(client.getState()).toMatchObject({
        phase: "authenticated",
        error: {
          code: outage.kind === "error" ? "INTERNAL_ERROR" : "NETWORK_ERROR",
        },
      });
      expect(world.stored()).toEqual(before);
      world.deployment.outage = null;
      await world.clock.advance(40_000);
      expect(await token).toBe(world.stored()?.token);
      expect(client.getState().error).toBeUndefined();
    },
  );

  it("tries again at growing, bounded intervals", async () => {
    const times: number[] = [];
    const client = world.createClient({
      fetch: () => {
        times.push(world.clock.time);
        return Promise.reject(new TypeError("Failed to fetch"));
      },
    });
    void force(client);
    await world.clock.advance(200_000);
    const intervals = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    // The jitter of the tests is one half: three quarters of the ceiling.
    expect(intervals.slice(0, 9)).toEqual([
      375, 750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500,
    ]);
  });

  it("tries again at once when the network is back", async () => {
    const tab = world.browser.openTab();
    const client = world.createClient({ events: tab.events });
    world.deployment.outage = { kind: "offline" };
    const token = force(client);
    await world.clock.advance(120_000);
    world.deployment.outage = null;
    tab.events.dispatchEvent(new Event("online"));
    await settle();
    expect(await token).toBe(world.stored()?.token);
  });

  it("waits as long as RATE_LIMITED asks", async () => {
    const client = world.createClient();
    world.deployment.failures.push({
      kind: "error",
      data: { code: "RATE_LIMITED", message: "later", retryAfterMs: 90_000 },
    });
    const token = force(client);
    await world.clock.advance(89_999);
    expect(world.deployment.refreshCount).toBe(0);
    await world.clock.advance(1);
    expect(await token).toBe(world.stored()?.token);
  });

  it("repeats a refresh whose answer was lost within the grace period", async () => {
    const client = world.createClient();
    world.deployment.failures.push({ kind: "answerLost" });
    const token = force(client);
    await world.clock.advance(10_000);
    expect(await token).toBe(world.stored()?.token);
    expect(world.deployment.refreshCount).toBe(2);
  });

  it("ends the session at INVALID_REFRESH_TOKEN alone, in all tabs", async () => {
    const [first, second] = [world.createAttached(), world.createAttached()];
    await settle();
    for (const session of world.deployment.sessions.values()) {
      session.isRevoked = true;
    }
    expect(await force(first)).toBeNull();
    await settle();
    expect(world.stored()).toBeNull();
    expect(first.getState()).toMatchObject({
      phase: "unauthenticated",
      reason: "expired",
    });
    expect(second.getState().phase).toBe("unauthenticated");
  });

  it("takes another tab's tokens when the own ones turn out to be old", async () => {
    const client = world.createClient({ events: null, locks: null });
    await client.fetchAccessToken();
    const newer = world.deployment.createStored("ada");
    world.deployment.beforeRefresh = () => {
      // A tab without locks rotated first: the token in hand is refused.
      world.storeSession();
      world.browser.items.set([...world.browser.items.keys()][0] ?? "", newer);
      world.deployment.sessions.get("session1")!.isRevoked = true;
      return Promise.resolve();
    };
    expect(await force(client)).toBe(world.stored()?.token);
    expect(JSON.stringify(world.stored())).toBe(newer);
  });

  it("does not undo a sign-out that happens meanwhile", async () => {
    const client = world.createClient();
    const { promise, resolve } = promiseWithResolvers<void>();
    world.deployment.beforeRefresh = () => promise;
    const token = force(client);
    await settle();
    await client.signOut();
    resolve();
    expect(await token).toBeNull();
    expect(world.stored()).toBeNull();
    expect(client.getState().phase).toBe("unauthenticated");
  });

  it("does not undo a sign-in that happens meanwhile", async () => {
    const client = world.createClient();
    const { promise, resolve } = promiseWithResolvers<void>();
    world.deployment.beforeRefresh = () => promise;
    const token = force(client);
    await settle();
    await client.signIn("password", { email: "grace" });
    const after = world.stored();
    resolve();
    expect(await token).toBe(after?.token);
    expect(world.stored()).toEqual(after);
    expect(client.getState().sessionId).toBe(readSessionId(after?.token));
  });

  it("answers null to who still waits when the client is closed", async () => {
    const client = world.createClient();
    world.deployment.outage = { kind: "offline" };
    const token = force(client);
    await settle();
    client.close();
    expect(await token).toBeNull();
    expect(world.stored()).not.toBeNull();
    expect(world.clock.pendingCount).toBe(0);
  });
});
