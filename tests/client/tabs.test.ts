import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settle } from "./support/clock.js";
import { readSessionId } from "./support/deployment.js";
import { STORAGE_KEY, World } from "./support/setup.js";

describe("tabs", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.close());

  it("see a sign-in of another tab at once", async () => {
    const [first, second] = [world.createAttached(), world.createAttached()];
    await settle();
    await first.signIn("password", { email: "ada" });
    await settle();
    expect(second.getState()).toMatchObject({
      phase: "authenticated",
      sessionId: first.getState().sessionId,
    });
  });

  it("see a sign-out of another tab at once", async () => {
    world.storeSession();
    const [first, second] = [world.createAttached(), world.createAttached()];
    await settle();
    await first.signOut();
    await settle();
    expect(second.getState()).toMatchObject({
      phase: "unauthenticated",
      reason: "signedOut",
    });
  });

  it("take over another user, with a handshake of its own", async () => {
    world.storeSession("ada");
    const [first, second] = [world.createAttached(), world.createAttached()];
    await settle();
    await first.signIn("password", { email: "grace" });
    await settle();
    const sessionId = readSessionId(world.stored()?.token);
    expect(world.deployment.sessions.get(sessionId ?? "")?.userId).toBe(
      "grace",
    );
    expect(second.getState()).toMatchObject({
      phase: "authenticated",
      sessionId,
    });
    expect(await second.fetchAccessToken()).toBe(world.stored()?.token);
  });

  it("see that the whole storage was cleared", async () => {
    world.storeSession();
    const tab = world.browser.openTab();
    const client = world.createClient(world.settings(tab));
    await client.fetchAccessToken();
    world.browser.items.clear();
    tab.events.dispatchEvent(
      Object.assign(new Event("storage"), { key: null }),
    );
    await settle();
    expect(client.getState().phase).toBe("unauthenticated");
  });

  it("take a rotation of another tab without a new handshake", async () => {
    world.storeSession();
    const [first, second] = [world.createAttached(), world.createAttached()];
    await settle();
    const before = second.getState();
    await first.fetchAccessToken({ forceRefreshToken: true });
    await settle();
    expect(second.getState()).toBe(before);
    expect(await second.fetchAccessToken()).toBe(world.stored()?.token);
  });

  it("hear of each other over a channel where a storage is silent", async () => {
    const settings = {
      ...world.settings(),
      events: null,
      openChannel: world.browser.openTab().openChannel,
    };
    const first = world.createClient(settings);
    const second = world.createClient(settings);
    first.subscribe(() => undefined);
    second.subscribe(() => undefined);
    await settle();
    await first.signIn("password", { email: "ada" });
    await settle();
    expect(second.getState().sessionId).toBe(first.getState().sessionId);
  });

  it("stop watching when the client is closed, and start anew when used", async () => {
    const first = world.createClient();
    const second = world.createClient();
    await second.fetchAccessToken();
    second.close();
    await first.signIn("password", { email: "ada" });
    await settle();
    expect(second.getState().phase).toBe("unauthenticated");
    second.subscribe(() => undefined);
    await settle();
    expect(second.getState().phase).toBe("handshake");
  });

  it("keep deployments apart on one origin", async () => {
    world.storeSession();
    const other = world.createClient({ storageNamespace: "other" });
    expect(await other.fetchAccessToken()).toBeNull();
    await other.signIn("password", { email: "grace" });
    await other.signOut();
    expect([...world.browser.items.keys()]).toEqual([STORAGE_KEY]);
  });
});
