/**
 * Verification by Gatehouse: the component's own door to its core, asked as its
 * functions that finish a registration and a sign-in ask it, with the rows that
 * they would have read.
 */
import { decide } from "../core/door.mjs";
import { relyingParty } from "./relyingParty.mjs";

const now = 1_800_000_000_000;
const minute = 60_000;
const month = 30 * 24 * 60 * minute;
const pepper = "c".repeat(43);
const origin = { ipAddress: "203.0.113.9", userAgent: "Benchmark" };
const sessionConfig = { issuer: "https://example-animal-123.convex.site" };
const provider = "passkey";
const user = {
  ...{ _id: "user", _creationTime: now - month, name: "Ada" },
  ...{ email: "ada@example.com", emailVerificationTime: now - month },
};
const session = {
  ...{ _id: "session", _creationTime: now - minute, userId: "user", provider },
  ...{ expirationTime: now + month, lastActiveTime: now - minute },
  ...{ authenticationTime: now - minute, authenticationMethods: ["pwd"] },
  ...origin,
};

/** The app's settings, by which is checked what the others check, too. */
const config = {
  ...{ provider, rpId: relyingParty.rpId, rpName: "Example" },
  ...{ origins: [relyingParty.origin], userVerification: "required" },
  refusesCounterRegression: true,
};

/** Nobody is asked for a second factor, and this user has none. */
const factors = {
  ...{ config: {}, groupRequires: false, totps: [], codes: [] },
  ...{ passkeys: 0, recoveryCodesLeft: 0 },
};

/** What recognises the client that has begun a ceremony. */
const verifierHash = "hq9ISMMXVdUl9E0nUVyujx8T10eJqg3Enr34LTT71Qs";

/**
 * @returns {string} The handle of the benchmark's user, which is computed from
 *   the deployment's secret and verified.
 */
export function userHandle() {
  const begun = decide("passkeyRegisterOptions", {
    ...{ now, config, pepper, origin, user, session, factors },
    ...{ passkeys: [], begun: { key: "begun" } },
  });
  return begun.options.user.id;
}

/**
 * The rows are written out, since copying them into each other would be
 * measured, and is not the component's.
 *
 * @type {import("./verification.mjs").Register}
 */
export function register({ challenge, response }) {
  const answer = decide("passkeyRegister", {
    now,
    config,
    pepper,
    origin,
    user,
    session,
    factors,
    ceremony: {
      ceremony: "registration",
      challenge,
      allowed: [],
      verifierHash,
      expirationTime: now + minute,
      userId: user._id,
      sessionId: session._id,
    },
    passkeys: [],
    existing: undefined,
    name: undefined,
    response: {
      id: response.id,
      clientDataJSON: response.response.clientDataJSON,
      attestationObject: response.response.attestationObject,
      transports: response.response.transports,
    },
  });
  if (answer.kind !== "registered") throw new Error(answer.refusal?.code);
  const { passkey } = answer;
  passkey._id = "passkey";
  passkey._creationTime = now;
  passkey.userId = user._id;
  return passkey;
}

/** @type {import("./verification.mjs").SignIn} */
export function signIn({ challenge, response, credential }) {
  const { answer } = decide("passkeySignIn", {
    now,
    config,
    sessionConfig,
    origin,
    pepper,
    user,
    factors,
    ceremony: {
      ceremony: "signIn",
      challenge,
      allowed: [],
      verifierHash,
      expirationTime: now + minute,
    },
    passkey: credential,
    sessions: [session],
    response: {
      id: response.id,
      clientDataJSON: response.response.clientDataJSON,
      authenticatorData: response.response.authenticatorData,
      signature: response.response.signature,
      userHandle: response.response.userHandle,
    },
  });
  if (answer.outcome.kind !== "signedIn") {
    throw new Error(answer.outcome.refusal?.code);
  }
}
