import { beforeEach, describe, expect, it } from "vitest";
import type { Doc, Id } from "../../component/_generated/dataModel.js";
import { Authenticator, ORIGIN } from "./fixture/authenticator.js";
import {
  ADA,
  api,
  deploy,
  ISSUER,
  opened,
  outcome,
  signUp,
  useFrozenClock,
} from "./fixture/backend.js";

/** A ceremony of the W3C's test vectors (WebAuthn Level 3, section 16). */
type Vector = {
  id: string;
  registration: Record<string, string>;
  authentication: Record<string, string>;
};

/** The vectors are beside the repository, and may be missing. */
const [vectors] = Object.values(
  import.meta.glob<{ vectors: Vector[] }>(
    "../../../shared/vectors/webauthn/w3c-webauthn-l3-test-vectors.json",
    { eager: true },
  ),
);

const CONFIG = {
  ...{ provider: "passkey", rpId: "example.org", rpName: "Example" },
  ...{ origins: ["https://example.org"], topOrigins: ["https://example.com"] },
};
/** What the user's passkeys have as their handle: the vectors have none. */
const USER_HANDLE = base64url("75".repeat(32));

useFrozenClock();

let t: ReturnType<typeof deploy>;
let ada: { userId: string; sessionId: string };

beforeEach(async () => {
  t = deploy();
  const { userId, sessionId } = opened(await signUp(t, ADA));
  ada = { userId, sessionId: sessionId ?? "" };
});

/** Finishes a registration whose challenge is the vector's. */
async function register({ registration }: Vector, name?: string) {
  const begun = await t.mutation(api.passkeyRegister.begin, {
    ...{ ...ada, config: CONFIG },
  });
  if (begun.kind !== "begun") {
    throw new Error(begun.refusal.code);
  }
  await challengeWith(registration);
  return await t.mutation(api.passkeyRegister.finish, {
    ...{ ...ada, config: CONFIG, verifier: begun.verifier, name },
    response: {
      id: base64url(registration.credential_id),
      clientDataJSON: base64url(registration.clientDataJSON),
      attestationObject: base64url(registration.attestationObject),
      transports: [],
    },
  });
}

/** Finishes a sign-in whose challenge is the vector's. */
async function signIn({ registration, authentication }: Vector, change = "") {
  const begun = await t.mutation(api.passkeySignIn.begin, { config: CONFIG });
  if (begun.kind !== "begun") {
    throw new Error(begun.refusal.code);
  }
  await challengeWith(authentication);
  return await t.mutation(api.passkeySignIn.finish, {
    ...{ config: CONFIG, sessionConfig: { issuer: ISSUER } },
    ...{ verifier: begun.verifier, generateTokens: true },
    response: {
      id: base64url(registration.credential_id),
      clientDataJSON: base64url(authentication.clientDataJSON),
      authenticatorData: base64url(authentication.authenticatorData),
      signature: base64url(change + authentication.signature),
      userHandle: USER_HANDLE,
    },
  });
}

/** Gives the only ceremony that is under way the challenge of a vector. */
async function challengeWith({ challenge }: Record<string, string>) {
  await t.run(async (ctx) => {
    const row = await ctx.db.query("AuthVerifier").unique();
    if (row?.passkey === undefined) {
      throw new Error("There is no ceremony");
    }
    await ctx.db.patch("AuthVerifier", row._id, {
      passkey: { ...row.passkey, challenge: base64url(challenge) },
    });
  });
}

const stored = () => t.run((ctx) => ctx.db.query("Passkey").unique());

/** Stores a passkey that the component has not registered. */
async function insertPasskey(credentialId: string, publicKey: string) {
  await t.run((ctx) =>
    ctx.db.insert("Passkey", {
      ...{ userId: ada.userId as Id<"User">, name: "Passkey", transports: [] },
      ...{ credentialId, publicKey, algorithm: 0, counter: 0 },
      ...{ userVerified: true, backupEligible: false, backedUp: false },
      aaguid: "00000000-0000-0000-0000-000000000000",
      ...{ attestationFormat: "none", attestationKind: "none" as const },
    }),
  );
}

/** Has the stored passkey be of the vector's user. */
async function adapt(change: Partial<Doc<"Passkey">> = {}) {
  const passkey = await stored();
  await t.run(async (ctx) => {
    if (passkey !== null) {
      await ctx.db.patch("Passkey", passkey._id, {
        ...{ userHandle: USER_HANDLE, ...change },
      });
    }
  });
}

function base64url(hex = ""): string {
  const bytes = hex.match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [];
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

const vector = (id: string) => {
  const found = vectors?.vectors.find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`There is no vector "${id}"`);
  }
  return found;
};

describe.skipIf(vectors === undefined)("passkeys of every algorithm", () => {
  it.each(["none-es256", "packed-self-es256"])(
    "%s is registered without a certificate, and signs in",
    async (id) => {
      expect(await register(vector(id), "Laptop")).toMatchObject({
        kind: "registered",
      });
      await adapt();
      expect(await signIn(vector(id))).toMatchObject({ kind: "signedIn" });
    },
  );

  it("an unknown passkey is refused", async () => {
    expect(outcome(await signIn(vector("none-es256")))).toBe(
      "PASSKEY_UNKNOWN_CREDENTIAL",
    );
  });

  it.each(["packed-es256", "packed-eddsa", "packed-es384", "packed-rs256"])(
    "%s is registered with its certificate, and signs in",
    async (id) => {
      expect(await register(vector(id))).toMatchObject({ kind: "registered" });
      expect(await stored()).toMatchObject({ attestationKind: "basic" });
      await adapt();
      expect(outcome(await signIn(vector(id), "00"))).toBe(
        "PASSKEY_UNKNOWN_CREDENTIAL",
      );
      expect(await signIn(vector(id))).toMatchObject({ kind: "signedIn" });
    },
  );

  it("ES512 is not offered, and signs in where it is stored", async () => {
    const device = await Authenticator.make("ES512");
    const config = {
      ...{ provider: "passkey", rpId: "example.com", rpName: "Example" },
      origins: [ORIGIN],
    };
    const begun = await t.mutation(api.passkeyRegister.begin, {
      ...{ ...ada, config },
    });
    if (begun.kind !== "begun") {
      throw new Error(begun.refusal.code);
    }
    const { verifier } = begun;
    const response = await device.register(begun.options);
    const refused = await t.mutation(api.passkeyRegister.finish, {
      ...{ ...ada, config, verifier, response },
    });
    expect(outcome(refused)).toBe("PASSKEY_UNSUPPORTED_ALGORITHM");
    await insertPasskey(device.id, await device.publicKey());
    await adapt({ userHandle: begun.options.user.id });
    const asked = await t.mutation(api.passkeySignIn.begin, { config });
    if (asked.kind !== "begun") {
      throw new Error(asked.refusal.code);
    }
    const signedIn = await t.mutation(api.passkeySignIn.finish, {
      ...{ config, sessionConfig: { issuer: ISSUER }, generateTokens: true },
      verifier: asked.verifier,
      response: await device.assert(asked.options),
    });
    expect(signedIn).toMatchObject({ kind: "signedIn" });
  });

  it("has names beyond ASCII, in their normal form", async () => {
    await register(vector("none-es256"), "Küche \u0041\u030A");
    expect(await stored()).toMatchObject({ name: "Küche \u00C5" });
  });
});
