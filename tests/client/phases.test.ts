import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settle } from "./support/clock.js";
import { ScriptedConvex } from "./support/scriptedConvex.js";
import { recordPhases, World } from "./support/setup.js";

describe("phases", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.close());

  it("go from loading to unauthenticated when nothing is stored", async () => {
    const client = world.createClient();
    const phases = recordPhases(client);
    await settle();
    expect(phases).toEqual(["loading", "unauthenticated"]);
  });

  it("go through handshake, and to authenticated only by the server's word", async () => {
    world.storeSession();
    world.deployment.acceptsTokens = null;
    const client = world.createAttached();
    const phases = recordPhases(client);
    await settle();
    expect(phases).toEqual(["loading", "handshake"]);
    expect(client.getState()).toMatchObject({
      isLoading: true,
      isAuthenticated: false,
      sessionId: "session1",
    });
    world.deployment.acceptsTokens = true;
    world.deployment.sockets.at(-1)?.confirmLate();
    await settle();
    expect(phases).toEqual(["loading", "handshake", "authenticated"]);
    expect(client.getState()).toMatchObject({
      isLoading: false,
      isAuthenticated: true,
    });
  });

  it("go from signed out over handshake to authenticated and back", async () => {
    const client = world.createAttached();
    const phases = recordPhases(client);
    await settle();
    expect(await client.signIn("password", { email: "ada" })).toEqual({
      kind: "signedIn",
    });
    await settle();
    expect(phases).toEqual([
      "loading",
      "unauthenticated",
      "handshake",
      "authenticated",
    ]);
    await client.signOut();
    expect(client.getState()).toMatchObject({
      phase: "unauthenticated",
      reason: "signedOut",
      sessionId: null,
    });
  });

  it("keep the snapshot's identity while nothing changes", async () => {
    world.storeSession();
    const client = world.createAttached();
    await settle();
    const before = client.getState();
    await client.fetchAccessToken({ forceRefreshToken: true });
    expect(client.getState()).toBe(before);
  });

  it("survive a handshake time-out: the error shows, the session stays", async () => {
    world.storeSession();
    world.deployment.acceptsTokens = null;
    const client = world.createAttached();
    await world.clock.advance(14_999);
    expect(client.getState().error).toBeUndefined();
    await world.clock.advance(1);
    expect(client.getState()).toMatchObject({
      phase: "handshake",
      error: { code: "AUTH_HANDSHAKE_TIMEOUT" },
    });
    expect(world.stored()).not.toBeNull();
    world.deployment.sockets.at(-1)?.confirmLate();
    await settle();
    expect(client.getState().phase).toBe("authenticated");
    expect(client.getState().error).toBeUndefined();
  });

  it("end in a rejection only after one forced refresh, and keep the tokens", async () => {
    world.storeSession();
    const convex = new ScriptedConvex();
    const client = world.createClient();
    client.attach(convex);
    await settle();

    convex.decide(false);
    await settle();
    expect(world.deployment.refreshCount).toBe(1);
    expect(convex.setAuthCount).toBe(2);
    expect(client.getState().phase).toBe("handshake");

    convex.decide(false);
    await settle();
    expect(world.deployment.refreshCount).toBe(1);
    expect(client.getState()).toMatchObject({
      phase: "unauthenticated",
      error: { code: "AUTH_HANDSHAKE_REJECTED" },
    });
    expect(world.stored()).not.toBeNull();
  });

  it("leave a rejection behind when somebody signs in anew", async () => {
    world.storeSession();
    const convex = new ScriptedConvex();
    const client = world.createClient();
    client.attach(convex);
    await settle();
    convex.decide(false);
    await settle();
    convex.decide(false);
    await client.signIn("password", { email: "grace" });
    expect(world.deployment.calls.at(-1)?.token).toBeNull();
    expect(client.getState()).toMatchObject({ phase: "handshake" });
    expect(client.getState().error).toBeUndefined();
  });

  it("take Convex's no without a session for nothing new", async () => {
    const convex = new ScriptedConvex();
    const client = world.createClient();
    client.attach(convex);
    await settle();
    const before = client.getState();
    convex.decide(false);
    await settle();
    expect(client.getState()).toBe(before);
    expect(before.error).toBeUndefined();
    expect(convex.setAuthCount).toBe(1);
  });

  it("ignore what the server decided about an earlier session", async () => {
    world.storeSession();
    const convex = new ScriptedConvex();
    const client = world.createClient();
    client.attach(convex);
    await settle();
    const decideOnFirst = convex.decide;
    await client.signIn("password", { email: "grace" });
    decideOnFirst(true);
    expect(client.getState().phase).toBe("handshake");
    convex.decide(true);
    expect(client.getState().phase).toBe("authenticated");
  });

  it("give Convex nothing once the connection was made anonymous", async () => {
    world.storeSession();
    const convex = new ScriptedConvex();
    const client = world.createClient();
    const detach = client.attach(convex);
    await settle();
    detach();
    expect(await convex.fetchToken?.({ forceRefreshToken: true })).toBeNull();
    expect(world.deployment.refreshCount).toBe(0);
  });

  it("do nothing before the first use, so that a server can render", async () => {
    world.storeSession();
    const client = world.createClient({
      storage: {
        getItem: () => {
          throw new Error("storage was read");
        },
        setItem: () => undefined,
        removeItem: () => undefined,
      },
    });
    await settle();
    expect(client.getState()).toBe(client.getServerState());
    expect(client.getState().phase).toBe("loading");
    expect(world.clock.pendingCount).toBe(0);
  });
});
