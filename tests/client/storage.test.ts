import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuthStorage } from "../../client/index.js";
import { createMemoryStorage } from "../../client/index.js";
import { STORAGE_KEY, World } from "./support/setup.js";

function refuse(): never {
  throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
}

describe("storage", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.close());

  it.each([
    ["no JSON", "{"],
    ["null", "null"],
    ["a string", '"token"'],
    ["a pair without refresh token", '{"token":"a.b.c","receivedTime":1}'],
    [
      "a token that is no JWT",
      '{"token":"opaque","refreshToken":"rt_1","receivedTime":1}',
    ],
    [
      "a JWT whose claims are no object",
      '{"token":"a.MQ.c","refreshToken":"rt_1","receivedTime":1}',
    ],
  ])("removes malformed content: %s", async (_name, content) => {
    world.browser.items.set(STORAGE_KEY, content);
    const client = world.createClient();
    expect(await client.fetchAccessToken()).toBeNull();
    expect(client.getState().phase).toBe("unauthenticated");
    expect(world.browser.items.size).toBe(0);
  });

  it("keeps both tokens in one item", async () => {
    const client = world.createClient();
    await client.signIn("password", { email: "ada" });
    expect([...world.browser.items.keys()]).toEqual([STORAGE_KEY]);
    const stored = world.stored();
    expect(typeof stored?.token).toBe("string");
    expect(typeof stored?.refreshToken).toBe("string");
  });

  it("may refuse everything: the tab is signed in while it is open", async () => {
    const storage: AuthStorage = {
      getItem: refuse,
      setItem: refuse,
      removeItem: refuse,
    };
    const client = world.createClient({ storage });
    expect(await client.signIn("password", { email: "ada" })).toEqual({
      kind: "signedIn",
    });
    const token = await client.fetchAccessToken();
    expect(token).not.toBeNull();
    expect(await client.fetchAccessToken({ forceRefreshToken: true })).not.toBe(
      token,
    );
    expect((await client.signOut()).sessionRevoked).toBe(true);
    expect(await client.fetchAccessToken()).toBeNull();
  });

  it("that is full keeps no rotated token", async () => {
    world.storeSession();
    const { storage } = world.browser.openTab();
    const client = world.createClient({
      storage: { ...storage, setItem: refuse },
    });
    const token = await client.fetchAccessToken({ forceRefreshToken: true });
    expect(token).not.toBeNull();
    expect(await client.fetchAccessToken()).toBe(token);
    expect(world.browser.items.size).toBe(0);
  });

  it("may be asynchronous", async () => {
    const memory = createMemoryStorage();
    const client = world.createClient({
      storage: {
        getItem: async (key) => await memory.getItem(key),
        setItem: async (key, value) => await memory.setItem(key, value),
        removeItem: async (key) => await memory.removeItem(key),
      },
    });
    await client.signIn("password", { email: "ada" });
    expect(await client.fetchAccessToken()).not.toBeNull();
    await client.signOut();
    expect(await client.fetchAccessToken()).toBeNull();
  });
});
