import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { settle } from "./support/clock.js";
import { World } from "./support/setup.js";

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.close());

const lastArgs = () => world.deployment.calls.at(-1)?.args;

describe("client.totp", () => {
  it("enrolls: runs `setup` and gives what the app is set up with", async () => {
    const totpSetup = { uri: "otpauth://totp/x", secret: "s", totpId: "t" };
    world.deployment.answers.set("setup", {
      ...{ kind: "totpSetup", totpSetup, verifier: "t" },
    });
    const client = world.createClient();
    expect(await client.totp.enroll({ name: "Phone" })).toEqual(totpSetup);
    expect(lastArgs()).toEqual({
      provider: "totp",
      params: { flow: "setup", name: "Phone" },
    });
  });

  it.each([
    [
      { code: "123456", totpId: "t" },
      { params: { flow: "confirm", code: "123456", totpId: "t" } },
    ],
    [
      { code: "123456", verifier: "v", trustDevice: true },
      {
        params: { flow: "verify", code: "123456", trustDevice: true },
        verifier: "v",
      },
    ],
    [{ code: "123456" }, { params: { flow: "verify", code: "123456" } }],
  ])("verifies %j as the flow it is for", async (options, expected) => {
    await world.createClient().totp.verify(options);
    expect(lastArgs()).toEqual({ provider: "totp", ...expected });
  });

  it("hands the recovery codes of the first factor on", async () => {
    world.deployment.answers.set("confirm", {
      ...{ kind: "signedIn", tokens: null, recoveryCodes: ["a", "b"] },
    });
    const client = world.createClient();
    expect(await client.totp.verify({ code: "1", totpId: "t" })).toEqual({
      ...{ kind: "signedIn", recoveryCodes: ["a", "b"] },
    });
  });

  it("refuses the answer of a provider that is no second factor", async () => {
    const client = world.createClient({
      secondFactorProviders: { totp: "password" },
    });
    await expect(client.totp.enroll()).rejects.toThrow(/"password"/);
    expect(lastArgs()).toMatchObject({ provider: "password" });
  });
});

describe("client.secondFactor", () => {
  it("sends a recovery code, and makes new ones", async () => {
    const client = world.createClient();
    await client.secondFactor.recover({ code: "r", verifier: "v" });
    expect(lastArgs()).toEqual({
      ...{ provider: "totp", verifier: "v" },
      params: { flow: "recover", code: "r" },
    });
    const recoveryCodes = ["a", "b"];
    world.deployment.answers.set("recovery-codes", {
      ...{ kind: "recoveryCodes", recoveryCodes },
    });
    expect(await client.secondFactor.recoveryCodes()).toEqual(recoveryCodes);
  });

  it.each([
    ["none is named: authenticator apps", {}, "totp"],
    ["the first that is named", { phoneCode: "sms" }, "sms"],
    ["the one that is named for them", { totp: "t", recoveryCode: "r" }, "r"],
  ])("takes the provider of recovery codes: %s", async (_rule, ids, id) => {
    const client = world.createClient({ secondFactorProviders: ids });
    await client.secondFactor.recover({ code: "r" });
    expect(lastArgs()).toMatchObject({ provider: id });
    await client.secondFactor.recoveryCodes().catch(() => null);
    expect(lastArgs()).toMatchObject({ provider: id });
  });

  it("sends the recovery code of a sign-in to the provider of a method that it can go on with", async () => {
    const client = world.createClient({
      ...{ passkeyProvider: "keys", secondFactorProviders: { totp: "t" } },
    });
    world.deployment.answers.set("signIn", {
      ...{ kind: "totpRequired", verifier: "v" },
      methods: ["passkey", "recoveryCode"],
    });
    await client.signIn("password", { flow: "signIn" });
    await client.secondFactor.recover({ code: "r", verifier: "v" });
    expect(lastArgs()).toMatchObject({ provider: "keys", verifier: "v" });
    await client.secondFactor.recover({ code: "r", verifier: "another" });
    expect(lastArgs()).toMatchObject({ provider: "t" });
  });

  it("hands verifiers of codes to the caller, and neither keeps nor sends any", async () => {
    const client = world.createClient();
    const started = (verifier: string) => ({ kind: "started", verifier });
    world.deployment.answers.set("setup", started("enrol"));
    world.deployment.answers.set("send", started("challenge"));
    const method = "emailCode";
    expect(await client.secondFactor.enrollCode({ method, to: "a@b" })).toEqual(
      { verifier: "enrol" },
    );
    expect(await client.secondFactor.sendCode({ method })).toEqual({
      verifier: "challenge",
    });
    expect(lastArgs()).toEqual({ provider: method, params: { flow: "send" } });
    const code = "12345678";
    await client.secondFactor.confirmCode({ method, verifier: "enrol", code });
    expect(lastArgs()).toEqual({
      ...{ provider: method, verifier: "enrol" },
      params: { flow: "confirm", code },
    });
    await client.secondFactor.verifyCode({
      ...{ method, verifier: "challenge", code, trustDevice: false },
    });
    expect(lastArgs()).toEqual({
      ...{ provider: method, verifier: "challenge" },
      params: { flow: "verify", code, trustDevice: false },
    });
  });
});

describe("mustEnroll", () => {
  it("is read from the access token, and over when the session is a full one", async () => {
    const client = world.createAttached();
    world.deployment.answers.set("signIn", {
      kind: "signedIn",
      tokens: world.deployment.createSession("ada", true),
      restriction: "secondFactorEnrollment",
    });
    expect(await client.signIn("password", {})).toMatchObject({
      restriction: "secondFactorEnrollment",
    });
    await settle();
    expect(client.getState()).toMatchObject({
      ...{ phase: "authenticated", mustEnroll: true },
    });
    await client.totp.verify({ code: "1", totpId: "t" });
    await settle();
    expect(client.getState()).toMatchObject({
      ...{ phase: "authenticated", mustEnroll: false },
    });
  });
});

describe("proving again who one is", () => {
  const phasesOf = (client: ReturnType<World["createAttached"]>) => {
    const phases = new Set<string>();
    client.subscribe(() => phases.add(client.getState().phase));
    return phases;
  };
  const signInAs = (userId: string) => {
    world.deployment.answers.set("verify", {
      ...{ kind: "signedIn", tokens: world.deployment.createSession(userId) },
    });
  };

  it("replaces the session without showing the person out", async () => {
    world.storeSession("ada");
    const client = world.createAttached();
    await settle();
    expect(client.getState().phase).toBe("authenticated");
    const phases = phasesOf(client);
    signInAs("ada");
    world.deployment.beforeSignIn = async () => {
      // The old session has ended, and the watch says so before the answer.
      world.deployment.revoke("session1");
      await settle();
    };
    await client.totp.verify({ code: "1" });
    expect([...phases]).toEqual(["authenticated"]);
    expect(client.getState().sessionId).not.toBe("session1");
    expect(await client.fetchAccessToken()).toBe(world.stored()?.token);
  });

  it("resolves when the server has confirmed the new session", async () => {
    world.storeSession("ada");
    const client = world.createAttached();
    await settle();
    signInAs("ada");
    world.deployment.acceptsTokens = null;
    let isDone = false;
    const proof = client.totp.verify({ code: "1" }).then(() => {
      isDone = true;
    });
    await settle();
    expect(isDone).toBe(false);
    // A server that never answers keeps nobody waiting for ever.
    await world.clock.advance(15_000);
    await proof;
    expect(isDone).toBe(true);
  });

  it("as another person goes through a handshake", async () => {
    world.storeSession("ada");
    const client = world.createAttached();
    await settle();
    const phases = phasesOf(client);
    signInAs("grace");
    await client.totp.verify({ code: "1" });
    await settle();
    expect([...phases]).toEqual(["handshake", "authenticated"]);
  });

  it("that fails shows the person out if the session has ended meanwhile", async () => {
    world.storeSession("ada");
    const client = world.createAttached();
    await settle();
    world.deployment.refusals.set("verify", {
      ...{ code: "TOTP_INVALID_CODE", message: "no" },
    });
    world.deployment.beforeSignIn = async () => {
      world.deployment.revoke("session1");
      await settle();
      expect(client.getState().phase).toBe("authenticated");
    };
    await expect(client.totp.verify({ code: "1" })).rejects.toThrow();
    await settle();
    expect(client.getState()).toMatchObject({
      ...{ phase: "unauthenticated", reason: "revoked" },
    });
  });
});
