import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { Authenticator } from "./fixture/authenticator.js";
import {
  ADA,
  api,
  deploy,
  events,
  ISSUER,
  MINUTE,
  opened,
  outcome,
  pass,
  proveAddress,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";
import { PASSKEY } from "./fixture/passkeys.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: { userId: string; sessionId: string };
let device: Authenticator;

beforeEach(async () => {
  t = deploy();
  const { userId, sessionId } = opened(await signUp(t, ADA));
  ada = { userId, sessionId: sessionId ?? "" };
  await proveAddress(t, userId);
  device = await Authenticator.make();
});

async function beginRegistration(caller = ada) {
  const begun = await t.mutation(api.passkeyRegister.begin, {
    ...caller,
    config: PASSKEY,
  });
  if (begun.kind !== "begun") {
    throw new Error(begun.refusal.code);
  }
  return begun;
}

async function register(caller = ada, origin?: string) {
  const { verifier, options } = await beginRegistration(caller);
  return await t.mutation(api.passkeyRegister.finish, {
    ...caller,
    config: PASSKEY,
    verifier,
    response: await device.register(options, origin),
  });
}

async function beginSignIn(email?: string) {
  const begun = await t.mutation(api.passkeySignIn.begin, {
    config: PASSKEY,
    ...(email === undefined ? {} : { email }),
  });
  if (begun.kind !== "begun") {
    throw new Error(begun.refusal.code);
  }
  return begun;
}

async function finishSignIn(
  verifier: string,
  response: Awaited<ReturnType<Authenticator["assert"]>>,
) {
  return await t.mutation(api.passkeySignIn.finish, {
    config: PASSKEY,
    verifier,
    response,
    generateTokens: true,
    sessionConfig: { issuer: ISSUER },
  });
}

async function signIn(email?: string) {
  const { verifier, options } = await beginSignIn(email);
  return await finishSignIn(verifier, await device.assert(options));
}

const ceremonies = () => t.run((ctx) => ctx.db.query("AuthVerifier").collect());
const passkeys = () => t.run((ctx) => ctx.db.query("Passkey").collect());

describe("a passkey", () => {
  it("is added by who is signed in, and signs in, also where nobody is named", async () => {
    expect(await register()).toMatchObject({ kind: "registered" });
    const [stored] = await passkeys();
    expect(stored).toMatchObject({ userId: ada.userId, name: "Passkey" });
    for (const email of [undefined, ADA]) {
      const answer = await signIn(email);
      expect(answer).toMatchObject({
        ...{ kind: "signedIn", userId: ada.userId },
        tokens: { token: expect.any(String) },
      });
    }
    expect(await ceremonies()).toEqual([]);
    expect((await passkeys())[0]).toMatchObject({ counter: 3 });
  });

  it("makes a session that says how it was opened", async () => {
    await register();
    const answer = await signIn();
    const session = await t.run((ctx) =>
      ctx.db.get(
        "Session",
        (answer as { sessionId: string }).sessionId as Id<"Session">,
      ),
    );
    expect(session).toMatchObject({
      ...{ provider: "passkey" },
      authenticationMethods: ["hwk", "user", "mfa"],
    });
  });

  it("is shown without what recognises it", async () => {
    await register();
    const listed = await t.query(api.passkey.list, { userId: ada.userId });
    expect(listed).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toContain(device.id);
    expect(listed[0]).not.toHaveProperty("publicKey");
    expect(listed[0]).not.toHaveProperty("counter");
  });

  it("is added once, however often it is sent", async () => {
    const first = await register();
    expect(await register()).toEqual(first);
    expect(await passkeys()).toHaveLength(1);
  });

  it("has a challenge that is used once, by its session, for five minutes", async () => {
    const { verifier, options } = await beginRegistration();
    const response = await device.register(options);
    const finish = (caller = ada) =>
      t.mutation(api.passkeyRegister.finish, {
        ...caller,
        config: PASSKEY,
        verifier,
        response,
      });
    const eve = opened(await signUp(t, "eve@example.com"));
    const other = { userId: eve.userId, sessionId: eve.sessionId ?? "" };
    expect(outcome(await finish(other))).toBe("PASSKEY_INVALID_CHALLENGE");
    expect(outcome(await finish())).toBe("PASSKEY_INVALID_CHALLENGE");
    const late = await beginSignIn();
    await register();
    pass(5 * MINUTE);
    expect(
      outcome(
        await finishSignIn(late.verifier, await device.assert(late.options)),
      ),
    ).toBe("PASSKEY_INVALID_CHALLENGE");
  });

  it("keeps its challenge when another site has used it", async () => {
    const { verifier, options } = await beginRegistration();
    const finish = async (origin?: string) =>
      await t.mutation(api.passkeyRegister.finish, {
        ...ada,
        config: PASSKEY,
        verifier,
        response: await device.register(options, origin),
      });
    expect(outcome(await finish("https://evil.example"))).toBe(
      "PASSKEY_INVALID_ORIGIN",
    );
    expect(await finish()).toMatchObject({ kind: "registered" });
  });

  it("is not told from one that does not exist", async () => {
    await register();
    const known = await beginSignIn(ADA);
    const unknown = await beginSignIn("nobody@example.com");
    expect(known.options.allowCredentials).toEqual([
      { type: "public-key", id: device.id, transports: ["internal"] },
    ]);
    expect(unknown.options.allowCredentials.length).toBeGreaterThan(0);
    const stranger = await Authenticator.make();
    for (const { verifier, options } of [known, unknown]) {
      const [first] = options.allowCredentials;
      const response = {
        ...(await stranger.assert(options)),
        id: first?.id ?? "",
      };
      expect(outcome(await finishSignIn(verifier, response))).toBe(
        "PASSKEY_UNKNOWN_CREDENTIAL",
      );
    }
    expect(await events(t)).toContain("signIn");
  });

  it("does not sign in when the app no longer accepts its model or kind", async () => {
    await register();
    const aaguid = (await passkeys())[0]?.aaguid ?? "";
    for (const refusing of [
      { refusedModels: [aaguid] },
      { acceptedAttestation: ["basic" as const] },
    ]) {
      const { verifier, options } = await beginSignIn(ADA);
      const answer = await t.mutation(api.passkeySignIn.finish, {
        config: { ...PASSKEY, ...refusing },
        sessionConfig: { issuer: ISSUER },
        ...{ verifier, generateTokens: true },
        response: await device.assert(options),
      });
      expect(outcome(answer)).toBe("PASSKEY_INVALID_ATTESTATION");
      expect(await ceremonies()).toEqual([]);
    }
    expect(await events(t)).toContain("signIn: PASSKEY_INVALID_ATTESTATION");
    expect((await passkeys())[0]).toMatchObject({
      ...{ attestationKind: "none", counter: 1 },
    });
    expect(outcome(await signIn(ADA))).toBe("signedIn");
  });

  it("is added in a session that is fresh", async () => {
    pass(5 * MINUTE);
    expect((await beginRegistration()).kind).toBe("begun");
    pass(1);
    await expect(beginRegistration()).rejects.toThrow("STEP_UP_REQUIRED");
  });

  it("gets another name from its owner, and stays while it is the last way in", async () => {
    await register();
    const passkeyId = (await passkeys())[0]!._id;
    const rename = (actorUserId: string) =>
      t.mutation(api.passkey.rename, { passkeyId, actorUserId, name: "Desk" });
    const eve = opened(await signUp(t, "eve@example.com"));
    expect(outcome(await rename(eve.userId))).toBe("PASSKEY_NOT_FOUND");
    expect(outcome(await rename(ada.userId))).toBe("done");
    const accounts = await t.run((ctx) => ctx.db.query("Account").collect());
    for (const { _id, userId } of accounts) {
      if (userId === ada.userId) {
        await t.run((ctx) => ctx.db.delete("Account", _id));
      }
    }
    const remove = () => t.mutation(api.passkey.remove, { passkeyId });
    expect(outcome(await remove())).toBe("LAST_SIGN_IN_METHOD");
    device = await Authenticator.make();
    await register();
    expect(outcome(await remove())).toBe("done");
  });

  it("goes with its user", async () => {
    await register();
    await t.mutation(api.removal.removeUser, {
      ...{ userId: ada.userId, cascade: true },
    });
    expect(await passkeys()).toEqual([]);
    expect(outcome(await signIn())).toBe("PASSKEY_UNKNOWN_CREDENTIAL");
  });
});
