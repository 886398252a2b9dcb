import { ConvexClient } from "convex/browser";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuthClient, type AuthClient } from "../../client/index.js";
import { settle } from "./support/clock.js";
import { ScriptedConvex } from "./support/scriptedConvex.js";
import { authApi, World } from "./support/setup.js";

describe("live revocation", () => {
  let world: World;
  let convex: ScriptedConvex;
  beforeEach(() => {
    world = new World();
    convex = new ScriptedConvex();
    world.storeSession();
  });
  afterEach(() => world.close());

  async function confirmedClient(): Promise<AuthClient> {
    const client = world.createClient();
    client.attach(convex);
    await settle();
    convex.decide(true);
    return client;
  }

  it("signs out at once, in all tabs, through a real Convex client", async () => {
    const [first, second] = [world.createAttached(), world.createAttached()];
    await settle();
    expect(first.getState().phase).toBe("authenticated");
    world.deployment.revoke("session1");
    await settle();
    expect(first.getState()).toMatchObject({
      phase: "unauthenticated",
      reason: "revoked",
    });
    expect(second.getState().phase).toBe("unauthenticated");
    expect(world.stored()).toBeNull();
  });

  it("works the same through a plain ConvexClient, sign-out included", async () => {
    const plain = new ConvexClient(world.deployment.url, {
      webSocketConstructor: world.deployment.webSocketConstructor,
      unsavedChangesWarning: false,
      logger: false,
    });
    const client = createAuthClient({ ...world.settings(), convex: plain });
    client.attach();
    await settle();
    expect(client.getState().phase).toBe("authenticated");
    world.deployment.revoke("session1");
    await settle();
    expect(client.getState().reason).toBe("revoked");
    await client.signIn("password", { email: "grace" });
    await settle();
    expect(client.getState().phase).toBe("authenticated");
    await client.signOut();
    await settle();
    expect(client.getState().phase).toBe("unauthenticated");
    expect(plain.getAuth()).toBeUndefined();
    client.close();
    await plain.close();
  });

  it("watches only once the server has confirmed the session", async () => {
    const client = world.createClient();
    client.attach(convex);
    await settle();
    expect(convex.watcherCount).toBe(0);
    convex.decide(true);
    expect(convex.watcherCount).toBe(1);
  });

  it("takes false for a revocation only after true", async () => {
    const client = await confirmedClient();
    convex.publish(false);
    await settle();
    expect(client.getState().phase).toBe("authenticated");
    // In doubt, a refresh decides.
    expect(world.deployment.refreshCount).toBe(1);
    convex.publish(false);
    await settle();
    expect(world.deployment.refreshCount).toBe(1);
    convex.publish(true);
    convex.publish(false);
    await settle();
    expect(client.getState().phase).toBe("unauthenticated");
  });

  it("notices a session that was gone before the page was opened", async () => {
    const client = await confirmedClient();
    world.deployment.revoke("session1");
    convex.publish(false);
    await settle();
    expect(client.getState()).toMatchObject({
      phase: "unauthenticated",
      reason: "expired",
    });
  });

  it("does not touch a session that began meanwhile", async () => {
    const client = await confirmedClient();
    convex.publish(true);
    await client.signIn("password", { email: "grace" });
    convex.publish(false);
    await settle();
    expect(client.getState().phase).toBe("handshake");
    expect(world.stored()).not.toBeNull();
  });

  it("removes the revoked session only, not one that another tab has stored", async () => {
    const client = world.createClient({ events: null });
    client.attach(convex);
    await settle();
    convex.decide(true);
    convex.publish(true);
    world.storeSession("grace");
    const stored = world.stored();
    convex.publish(false);
    await settle();
    expect(world.stored()).toEqual(stored);
    expect(client.getState()).toMatchObject({
      phase: "handshake",
      sessionId: "session3",
    });
  });

  it("takes a failing query for no answer", async () => {
    const client = await confirmedClient();
    convex.publish(true);
    convex.publish(new Error("Server Error"));
    await settle();
    expect(client.getState().phase).toBe("authenticated");
  });

  it("is left out when the app gives no query", async () => {
    const { signIn, signOut } = authApi;
    const client = world.createClient({ api: { signIn, signOut } });
    client.attach(convex);
    await settle();
    convex.decide(true);
    expect(convex.watcherCount).toBe(0);
    expect(client.getState().phase).toBe("authenticated");
  });
});
