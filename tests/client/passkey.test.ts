import { ConvexError } from "convex/values";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AuthNetworkError } from "../../client/index.js";
import { passkeyErrorOf } from "../../client/passkey/passkeyError.js";
import { settle } from "./support/clock.js";
import { credential, OPTIONS, PasskeyWorld } from "./support/passkeyBrowser.js";
import { World } from "./support/setup.js";

const SIGNED_IN = { kind: "signedIn" };

let world: PasskeyWorld;
beforeEach(() => {
  world = new PasskeyWorld();
});
afterEach(() => {
  vi.unstubAllGlobals();
});

describe("autofill", () => {
  const openCount = () =>
    world.signals.filter(({ aborted }) => !aborted).length;

  it("with a signal that is over already ends at once, and asks for nothing", async () => {
    const signal = AbortSignal.abort();
    expect(await world.client.autofill({ signal })).toBeNull();
    expect(world.flows).toEqual([]);
  });

  it("leaves no listener on a signal when it is over", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    world.get = () => Promise.resolve(credential);
    world.answers.set("signIn", () => SIGNED_IN);
    expect(await world.client.autofill({ signal })).toEqual(SIGNED_IN);
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls).toEqual(added.mock.calls);
    expect(world.clock.pendingCount).toBe(0);
  });

  it("ends one ceremony when another begins", async () => {
    const one = world.client.autofill();
    const two = world.client.autofill();
    await settle();
    expect(await one).toBeNull();
    expect(openCount()).toBe(1);
    world.get = () => Promise.resolve(credential);
    await world.client.signIn();
    expect(await two).toBeNull();
  });

  it("gets another challenge before the one that is offered has expired", async () => {
    const leaving = new AbortController();
    const filled = world.client.autofill({ signal: leaving.signal });
    await settle();
    expect(world.flows).toHaveLength(1);
    await world.clock.advance(11 * 60_000);
    // After four and eight minutes, each time for five.
    expect(world.flows).toHaveLength(3);
    expect(openCount()).toBe(1);
    leaving.abort();
    expect(await filled).toBeNull();
    expect(world.clock.pendingCount).toBe(0);
  });

  it("signs in with what is picked of a later challenge", async () => {
    const filled = world.client.autofill();
    await settle();
    world.get = () => Promise.resolve(credential);
    world.answers.set("signIn", () => SIGNED_IN);
    await world.clock.advance(4 * 60_000);
    expect(await filled).toEqual(SIGNED_IN);
  });

  it("offers the old challenge as long as the server cannot be reached", async () => {
    void world.client.autofill();
    await settle();
    world.answers.set("signIn-options", () => {
      throw new AuthNetworkError("offline");
    });
    await world.clock.advance(4 * 60_000 + 10_000);
    expect(world.flows).toHaveLength(3);
    expect(world.signals).toHaveLength(1);
    expect(openCount()).toBe(1);
    world.answers.delete("signIn-options");
    await world.clock.advance(10_000);
    expect(world.signals).toHaveLength(2);
    expect(openCount()).toBe(1);
  });

  it("says when the browser has failed", async () => {
    world.get = () => Promise.reject(new DOMException("x", "UnknownError"));
    await expect(world.client.autofill()).rejects.toMatchObject({
      code: "PASSKEY_FAILED",
    });
  });
});

describe("finishing a sign-up", () => {
  const FORM = { email: "eve@example.com", code: "12345678" };
  const finish = () => world.client.finishSignUp(FORM);
  const refuse = (code: string) => () => {
    throw new ConvexError({ code, message: "no" });
  };

  it("can be repeated with the same code when the last call did not arrive", async () => {
    world.answers.set("signUp-finish", () => {
      throw new AuthNetworkError("offline");
    });
    await expect(finish()).rejects.toThrow(AuthNetworkError);
    world.answers.set("signUp-finish", () => SIGNED_IN);
    expect(await finish()).toEqual(SIGNED_IN);
    // The code is used up by the first, and the passkey was made.
    expect(world.flows).toEqual([
      ...["signUp-options", "signUp-finish", "signUp-finish"],
    ]);
    expect(world.made).toBe(1);
  });

  it("can be repeated with the same code when the dialog was closed", async () => {
    const { create } = world;
    world.create = () =>
      Promise.reject(new DOMException("x", "NotAllowedError"));
    await expect(finish()).rejects.toMatchObject({ code: "PASSKEY_CANCELLED" });
    world.create = create;
    world.answers.set("signUp-finish", () => SIGNED_IN);
    expect(await finish()).toEqual(SIGNED_IN);
    expect(world.flows).toEqual(["signUp-options", "signUp-finish"]);
  });

  it("makes no passkey for a challenge that has expired", async () => {
    world.create = async () => {
      await world.clock.advance(300_000);
      throw new DOMException("x", "NotAllowedError");
    };
    await expect(finish()).rejects.toMatchObject({ code: "PASSKEY_TIMEOUT" });
    world.answers.set("signUp-options", refuse("INVALID_VERIFICATION_CODE"));
    await expect(finish()).rejects.toMatchObject({
      data: { code: "INVALID_VERIFICATION_CODE" },
    });
    expect(world.made).toBe(1);
  });

  it("begins anew after a refusal, but not after one that asks to wait", async () => {
    world.answers.set("signUp-finish", refuse("RATE_LIMITED"));
    await expect(finish()).rejects.toThrow();
    world.answers.set("signUp-finish", refuse("PASSKEY_INVALID_CHALLENGE"));
    await expect(finish()).rejects.toThrow();
    await expect(finish()).rejects.toThrow();
    expect(world.flows).toEqual([
      ...["signUp-options", "signUp-finish", "signUp-finish"],
      ...["signUp-options", "signUp-finish"],
    ]);
    expect(world.made).toBe(2);
  });
});

describe("registering", () => {
  it("hands on the recovery codes that come with it", async () => {
    const result = { kind: "signedIn", recoveryCodes: ["a", "b"] };
    world.answers.set("register", () => result);
    expect(await world.client.register()).toEqual(result);
  });

  it("has the name refused before the browser has made anything", async () => {
    const refused = new ConvexError({ code: "INVALID_PARAMETERS" });
    world.answers.set("register-options", ({ name }) => {
      expect(name).toBe("");
      throw refused;
    });
    world.create = () => Promise.reject(new Error("the browser was asked"));
    await expect(world.client.register({ name: "" })).rejects.toBe(refused);
  });
});

describe("errors of browsers", () => {
  it.each([
    ["UnknownError", "PASSKEY_FAILED"],
    ["OperationError", "PASSKEY_FAILED"],
    ["NotReadableError", "PASSKEY_FAILED"],
    ["TypeError", "PASSKEY_FAILED"],
    ["InvalidStateError", "PASSKEY_ALREADY_REGISTERED"],
    ["SecurityError", "PASSKEY_RP_MISMATCH"],
    ["ConstraintError", "PASSKEY_NOT_SUPPORTED"],
  ])("%s is %s, with its cause", (name, code) => {
    const cause =
      name === "TypeError" ? new TypeError("x") : new DOMException("x", name);
    expect(passkeyErrorOf(cause, 0, 1000)).toMatchObject({
      ...{ name: "PasskeyError", code, cause },
    });
  });

  it("what is no error at all has a code, too", () => {
    expect(passkeyErrorOf("x", 0, 1000)).toMatchObject({
      code: "PASSKEY_FAILED",
    });
  });
});

describe("a passkey provider of another id", () => {
  it.each([
    { passkeyProvider: "keys" },
    { secondFactorProviders: { passkey: "keys" } },
  ])("is named by the option %j", async (settings) => {
    const app = new World();
    const client = app.createClient(settings);
    app.deployment.answers.set("signIn-options", OPTIONS);
    world.get = () => Promise.resolve(credential);
    await client.passkey.signIn({ email: "ada@example.com" });
    expect(app.deployment.calls.map(({ args }) => args)).toMatchObject([
      { provider: "keys", params: { flow: "signIn-options" } },
      { provider: "keys", params: { flow: "signIn" }, verifier: "pkv" },
    ]);
    await app.close();
  });
});
