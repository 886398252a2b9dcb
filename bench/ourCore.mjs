/**
 * The exports of the core's module `identity` that the benchmark times, each
 * as a component function calls it: a typed call goes in, a typed answer comes
 * out. The core's exports are named nowhere else but in
 * `evaluation/entries/coreCalledOnce/`.
 */
import { existsSync, readFileSync } from "node:fs";
import { repositoryRoot } from "./resolution/repository.mjs";

/**
 * A function is missing when the build does not have its export (yet).
 *
 * @typedef {object} OurCore
 * @property {((password: string) => void) | undefined} hashPassword
 *   Argon2id with the default parameters, the policy's checks included.
 * @property {((password: string, hash: string) => void) | undefined}
 *   refuseScryptPassword Verifies a password that is wrong against a hash in
 *   lucia's form, `salt:key` in hexadecimal. (A right one would be hashed anew
 *   with Argon2id.)
 * @property {(() => void) | undefined} issueTokens Makes and signs an access
 *   token, and makes a refresh token.
 * @property {((refreshToken: string) => void) | undefined} presentToken Checks
 *   the form and checksum of a refresh token and hashes it.
 * @property {string | undefined} refreshToken One to present.
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
  const folder = `${repositoryRoot}pkg/`;
  if (!existsSync(`${folder}identity_bg.wasm`)) return undefined;
  const core = await import(`${folder}identity.js`);
  core.initSync({ module: readFileSync(`${folder}identity_bg.wasm`) });
  const sessions = core.sessionIssue && sessionOperations(core);
  return {
    hashPassword:
      core.prepareAccount &&
      ((password) => {
        mustBe(prepareAccount(core, password), "ready");
      }),
    refuseScryptPassword: core.checkAccountSecret && scryptVerification(core),
    issueTokens: sessions?.issueTokens,
    presentToken: sessions?.presentToken,
    refreshToken: sessions?.refreshToken,
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
 * @param {object} core
 * @param {string} password
 */
function prepareAccount(core, password) {
  const secret = { kind: "password", password };
  return core.prepareAccount({ provider, accountId, secret, argon2, origin });
}

/** @param {object} core */
function scryptVerification(core) {
  const secret = { kind: "none" };
  const { attempt } = core.prepareAccount({
    provider,
    accountId,
    secret,
    argon2,
    origin,
  });
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
    const { refusal } = core.checkAccountSecret({
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

/** @param {object} core */
function sessionOperations(core) {
  const { key: signingKey } = core.signingKeyChoose({ now, keys: [] });
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
  const issue = () => core.sessionIssue({ now, config, session, signingKey });
  return {
    refreshToken: issue().refreshToken,
    issueTokens: () => {
      issue();
    },
    /** @param {string} refreshToken */
    presentToken: (refreshToken) => {
      mustBe(core.sessionPresent(refreshToken), "wellFormed");
    },
  };
}
