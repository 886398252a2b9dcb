import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuthClient } from "../../client/index.js";
import { World } from "./support/setup.js";

const DEVICE_KEY =
  "__gatehouseDevice_https%3A%2F%2Fhappy-otter-123.convex.cloud";

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

const sentToken = () =>
  (world.deployment.calls.at(-1)?.args.params as { trustedDevice?: string })
    .trustedDevice;

const isStored = (token: string) =>
  world.browser.items.get(DEVICE_KEY)?.includes(token) === true;

/** Signs in with a second factor, says to trust the browser, and signs out. */
async function trust(
  client: AuthClient,
  userId: string,
  token: string,
): Promise<void> {
  const { answers } = world.deployment;
  const verifier = `challenge of ${userId}`;
  answers.set("signIn", {
    ...{ kind: "totpRequired", verifier, methods: ["totp"] },
  });
  const email = `${userId}@example.com`;
  await client.signIn("password", { flow: "signIn", email });
  answers.set("verify", {
    ...{ kind: "signedIn", trustedDevice: token },
    tokens: world.deployment.createSession(userId),
  });
  await client.totp.verify({ code: "1", verifier, trustDevice: true });
  answers.delete("signIn");
  await client.signOut();
}

describe("a trusted browser", () => {
  it("keeps its token over sign-outs, and sends it with every sign-in", async () => {
    const client = world.createClient();
    await trust(client, "ada", "td_1");
    expect(isStored("td_1")).toBe(true);
    await client.signIn("password", { email: "ada@example.com" });
    expect(sentToken()).toBe("td_1");
    // Whoever it is that a passkey signs in.
    await client.signIn("passkey", { flow: "signIn" });
    expect(sentToken()).toBe("td_1");
  });

  it("replaces the token by the one that the server gives", async () => {
    const client = world.createClient();
    await trust(client, "ada", "td_1");
    world.deployment.answers.set("signIn", {
      ...{ kind: "signedIn", trustedDevice: "td_2" },
      tokens: world.deployment.createSession("ada"),
    });
    const result = await client.signIn("password", {});
    expect(result).toEqual({ kind: "signedIn" });
    expect([isStored("td_1"), isStored("td_2")]).toEqual([false, true]);
    // The address is known from the first time.
    await client.signIn("password", { email: "ada@example.com" });
    expect(sentToken()).toBe("td_2");
  });

  it("sends none with a refresh", async () => {
    const client = world.createClient();
    await trust(client, "ada", "td_1");
    world.storeSession();
    await client.fetchAccessToken({ forceRefreshToken: true });
    const { args } = world.deployment.calls.at(-1) ?? {};
    expect(Object.keys(args ?? {})).toEqual(["refreshToken"]);
  });

  it("of two people sends each their own token, by the address that is typed", async () => {
    const client = world.createClient();
    await trust(client, "ada", "td_ada");
    await trust(client, "grace", "td_grace");
    for (const [email, token] of [
      [" Ada@example.com", "td_ada"],
      ["grace@example.com", "td_grace"],
      // Of a stranger, that of who was trusted last.
      ["joan@example.com", "td_grace"],
    ]) {
      await client.signIn("password", { email });
      expect(sentToken()).toBe(token);
    }
  });

  it("of two people sends that of who is signed in when nothing is typed", async () => {
    const client = world.createClient();
    await trust(client, "ada", "td_ada");
    await trust(client, "grace", "td_grace");
    await client.signIn("password", { email: "ada" });
    await client.signIn("passkey", { flow: "signIn" });
    expect(sentToken()).toBe("td_ada");
  });

  it("remembers the ten who were trusted last, and no address", async () => {
    const client = world.createClient();
    for (let person = 0; person < 11; person += 1) {
      await trust(client, `person${person}`, `td_${person}.`);
    }
    expect(isStored("td_0.")).toBe(false);
    expect(isStored("td_1.")).toBe(true);
    expect(isStored("td_10.")).toBe(true);
    expect(isStored("example.com")).toBe(false);
  });

  it.each(["td_1", "{}", '[{"userId":"ada"}]', "[null]"])(
    "takes %s in its storage for nothing",
    async (content) => {
      world.browser.items.set(DEVICE_KEY, content);
      const client = world.createClient();
      await client.signIn("password", { email: "ada" });
      expect(sentToken()).toBeUndefined();
    },
  );
});
