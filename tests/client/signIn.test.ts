import { ConvexError } from "convex/values";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuthNetworkError, createAuthClient } from "../../client/index.js";
import { isAuthError, parseAuthError } from "../../client/index.js";
import { toParamsRecord } from "../../client/signInParams.js";
import { promiseWithResolvers } from "./support/browser.js";
import { settle } from "./support/clock.js";
import { authApi, World } from "./support/setup.js";

describe("signIn", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  afterEach(() => world.close());

  it("sends a record without undefined values, anonymously", async () => {
    const client = world.createClient();
    await client.signIn("password", {
      flow: "signUp",
      email: "ada@example.org",
      name: undefined,
    });
    expect(world.deployment.calls).toEqual([
      {
        path: "auth:signIn",
        args: {
          provider: "password",
          params: { flow: "signUp", email: "ada@example.org" },
        },
        token: null,
      },
    ]);
  });

  it("leaves undefined parameters out rather than trusting the encoding to", () => {
    expect(toParamsRecord({ email: "ada", name: undefined })).toStrictEqual({
      email: "ada",
    });
  });

  it("sends the fields of a form, repeated ones as a list", async () => {
    const form = new FormData();
    form.set("email", "ada@example.org");
    form.append("topic", "news");
    form.append("topic", "tips");
    await world.createClient().signIn("password", form);
    expect(world.deployment.calls[0]?.args.params).toEqual({
      email: "ada@example.org",
      topic: ["news", "tips"],
    });
  });

  it("refuses a file in a form before anything is sent", async () => {
    const form = new FormData();
    form.set("avatar", new Blob(["x"]), "x.png");
    await expect(world.createClient().signIn("password", form)).rejects.toThrow(
      TypeError,
    );
    expect(world.deployment.calls).toEqual([]);
  });

  it("never shows the tokens to its caller", async () => {
    const result = await world.createClient().signIn("password", {});
    expect(result).toEqual({ kind: "signedIn" });
  });

  it("of a signed-in user carries the token, refreshed if need be", async () => {
    world.storeSession();
    const client = world.createClient();
    world.deployment.answers.set("change", { kind: "signedIn", tokens: null });
    await client.signIn("password", { flow: "change" });
    expect(world.deployment.calls[0]?.token).toBe(world.stored()?.token);
    world.clock.time += 60 * 60 * 1000;
    await client.signIn("password", { flow: "change" });
    expect(world.deployment.refreshCount).toBe(1);
    expect(world.deployment.calls.at(-1)?.token).toBe(world.stored()?.token);
  });

  it("with tokens null leaves the session as it is", async () => {
    world.storeSession();
    const client = world.createAttached();
    await settle();
    const [state, stored] = [client.getState(), world.stored()];
    world.deployment.answers.set("change", { kind: "signedIn", tokens: null });
    expect(await client.signIn("password", { flow: "change" })).toEqual({
      kind: "signedIn",
    });
    expect(client.getState()).toBe(state);
    expect(world.stored()).toEqual(stored);
  });

  it("works although the deployment rejects the present token", async () => {
    world.storeSession();
    const client = world.createClient();
    await client.fetchAccessToken();
    world.deployment.acceptsTokens = false;
    expect(await client.signIn("password", { email: "grace" })).toEqual({
      kind: "signedIn",
    });
  });

  it.each([
    [{ kind: "started" }, { kind: "started" }],
    [
      { kind: "redirect", redirect: "https://example.org/a", verifier: "v" },
      {
        kind: "redirect",
        redirect: new URL("https://example.org/a"),
        verifier: "v",
      },
    ],
    [
      { kind: "totpRequired", verifier: "v" },
      { kind: "totpRequired", verifier: "v", methods: ["totp"] },
    ],
    [
      {
        ...{ kind: "totpRequired", verifier: "v" },
        methods: ["recoveryCode", "unheardOf", "passkey"],
      },
      {
        ...{ kind: "totpRequired", verifier: "v" },
        methods: ["passkey", "recoveryCode"],
      },
    ],
    [
      { kind: "recoveryCodes", recoveryCodes: ["a", "b"] },
      { kind: "recoveryCodes", recoveryCodes: ["a", "b"] },
    ],
    [
      { kind: "passkeyOptions", options: { challenge: "c" }, verifier: "v" },
      { kind: "passkeyOptions", options: { challenge: "c" }, verifier: "v" },
    ],
    [
      {
        kind: "totpSetup",
        totpSetup: { uri: "otpauth://", secret: "s", totpId: "t" },
        verifier: "v",
      },
      {
        kind: "totpSetup",
        totpSetup: { uri: "otpauth://", secret: "s", totpId: "t" },
        verifier: "v",
      },
    ],
  ])("hands on the result %j", async (answer, expected) => {
    world.deployment.answers.set("signIn", answer);
    const client = world.createClient();
    expect(await client.signIn("any", {})).toEqual(expected);
    expect(world.stored()).toBeNull();
  });

  it("sends the verifier of an earlier step", async () => {
    await world.createClient().signIn("totp", {}, { verifier: "v" });
    expect(world.deployment.calls[0]?.args.verifier).toBe("v");
  });

  it.each([
    undefined,
    null,
    "signedIn",
    { kind: "unheardOf" },
    { kind: "redirect" },
    { kind: "recoveryCodes", recoveryCodes: "a" },
    { kind: "signedIn", tokens: { token: "x", refreshToken: "y" } },
  ])("refuses an answer of another version: %j", async (answer) => {
    world.deployment.answers.set("signIn", answer ?? null);
    await expect(world.createClient().signIn("any", {})).rejects.toThrow(
      /returned/,
    );
    expect(world.stored()).toBeNull();
  });

  it("throws the server's refusal as it comes", async () => {
    world.deployment.refusals.set("signIn", {
      code: "RATE_LIMITED",
      message: "later",
      retryAfterMs: 5_000,
    });
    const error: unknown = await world
      .createClient()
      .signIn("password", {})
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConvexError);
    expect(isAuthError(error)).toBe(true);
    expect(parseAuthError(error)).toMatchObject({
      code: "RATE_LIMITED",
      retryAfterMs: 5_000,
    });
  });

  it.each([
    ["no network", { kind: "offline" }, undefined],
    ["a 5xx", { kind: "status", status: 502 }, 502],
    ["a captive portal", { kind: "status", status: 200 }, 200],
  ] as const)(
    "throws AuthNetworkError at %s",
    async (_name, failure, status) => {
      world.deployment.outage = failure;
      const error: unknown = await world
        .createClient()
        .signIn("password", {})
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AuthNetworkError);
      expect(error).toMatchObject({ code: "NETWORK_ERROR", status });
    },
  );

  it("throws AuthNetworkError when no answer comes in time", async () => {
    world.deployment.outage = { kind: "hang" };
    const { promise, resolve } = promiseWithResolvers<unknown>();
    world.createClient().signIn("password", {}).catch(resolve);
    await world.clock.advance(30_000);
    expect(await promise).toBeInstanceOf(AuthNetworkError);
  });

  it("needs to know the deployment", () => {
    expect(() => createAuthClient({ api: authApi, url: "" })).toThrow(/url/);
  });
});

describe("signOut", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.storeSession();
  });
  afterEach(() => world.close());

  it("ends the session on the server, with the access token", async () => {
    const client = world.createClient();
    const token = world.stored()?.token;
    expect(await client.signOut()).toEqual({ sessionRevoked: true });
    expect(world.deployment.calls).toEqual([
      { path: "auth:signOut", args: {}, token },
    ]);
    expect(world.stored()).toBeNull();
  });

  it("gets a token for that when the present one has expired", async () => {
    const client = world.createClient();
    world.clock.time += 60 * 60 * 1000;
    expect(await client.signOut()).toEqual({ sessionRevoked: true });
    expect(world.deployment.sessions.get("session1")?.isRevoked).toBe(true);
    expect(world.stored()).toBeNull();
  });

  it("signs this device out without network, and reports it", async () => {
    const client = world.createAttached();
    await settle();
    world.deployment.outage = { kind: "offline" };
    const result = await client.signOut();
    expect(result.sessionRevoked).toBe(false);
    expect(result.error).toBeInstanceOf(AuthNetworkError);
    expect(client.getState().phase).toBe("unauthenticated");
    expect(world.stored()).toBeNull();
  });

  it("does not wait for the server before it signs out here", async () => {
    const client = world.createAttached();
    await settle();
    world.deployment.outage = { kind: "hang" };
    void client.signOut();
    await settle();
    expect(client.getState().phase).toBe("unauthenticated");
    expect(world.stored()).toBeNull();
  });

  it("of nobody calls nothing", async () => {
    world.browser.items.clear();
    expect(await world.createClient().signOut()).toEqual({
      sessionRevoked: false,
    });
    expect(world.deployment.calls).toEqual([]);
  });
});
