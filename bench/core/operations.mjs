/**
 * The decisions of the core that the benchmark times by themselves, each as a
 * component function asks it: a typed call goes in, a typed answer comes out.
 */
import { loadCore } from "./load.mjs";

/**
 * @typedef {import("./load.mjs").Decide} Decide
 *
 * @typedef {object} OurCore
 * @property {(password: string) => void} hashPassword Argon2id with the default
 *   parameters, the policy's checks included.
 * @property {(password: string, hash: string) => void} refuseScryptPassword
 *   Verifies a password that is wrong against a hash in lucia's form,
 *   `salt:key` in hexadecimal. (A right one would be hashed anew with Argon2id.)
 * @property {() => void} issueTokens Makes and signs an access token, and makes
 *   a refresh token.
 * @property {(refreshToken: string) => void} presentToken Checks the form and
 *   checksum of a refresh token and hashes it.
 * @property {string} refreshToken One to present.
 */

const now = 1_800_000_000_000;
const origin = { ipAddress: "203.0.113.9", userAgent: "Benchmark" };
const provider = "password";
const accountId = "ada@example.com";
const argon2 = { memoryKib: 19_456, iterations: 2, parallelism: 1 };

/**
 * @returns {Promise<OurCore | undefined>} `undefined` when there is no build.
 */
export async function loadOurCore() {
  const decide = await loadCore();
  if (decide === undefined) return undefined;
  const { issueTokens, presentToken, refreshToken } = sessionOperations(decide);
  return {
    hashPassword: (password) => {
      mustBe(prepareAccount(decide, { kind: "password", password }), "ready");
    },
    refuseScryptPassword: scryptVerification(decide),
    issueTokens,
    presentToken,
    refreshToken,
  };
}

/**
 * A benchmark of refusals would be fast, and wrong.
 *
 * @param {{ kind: string }} answer
 * @param {string} kind
 */
function mustBe(answer, kind) {
  if (answer.kind !== kind) {
    throw new Error(`The core answered ${JSON.stringify(answer)}`);
  }
}

/**
 * @param {Decide} decide
 * @param {object} secret
 */
function prepareAccount(decide, secret) {
  return decide("prepareAccount", {
    provider,
    accountId,
    secret,
    argon2,
    origin,
  });
}

/** @param {Decide} decide */
function scryptVerification(decide) {
  const { attempt } = prepareAccount(decide, { kind: "none" });
  const limits = {
    lock: { key: attempt.lock },
    account: { key: attempt.account },
    origin: { key: attempt.origin },
  };
  /**
   * @param {string} password
   * @param {string} hash
   */
  return (password, hash) => {
    const { refusal } = decide("checkAccountSecret", {
      now,
      origin,
      provider,
      password,
      account: {
        _id: "account",
        userId: "user",
        provider,
        accountId,
        secret: hash,
      },
      argon2,
      attempt: limits,
    });
    if (refusal?.code !== "ACCOUNT_NOT_FOUND") {
      throw new Error(`The core answered ${JSON.stringify(refusal)}`);
    }
  };
}

/** @param {Decide} decide */
function sessionOperations(decide) {
  const { key: signingKey } = decide("signingKeyChoose", { now, keys: [] });
  const session = {
    _id: "session",
    userId: "user",
    expirationTime: now + 30 * 24 * 60 * 60 * 1000,
    lastActiveTime: now,
    authenticationTime: now,
    authenticationMethods: ["pwd"],
    provider,
    ...origin,
  };
  const config = { issuer: "https://example-animal-123.convex.site" };
  const issue = () =>
    decide("sessionIssue", { now, config, session, signingKey });
  return {
    refreshToken: issue().refreshToken,
    issueTokens: () => {
      issue();
    },
    /** @param {string} refreshToken */
    presentToken: (refreshToken) => {
      mustBe(decide("sessionPresent", refreshToken), "wellFormed");
    },
  };
}
