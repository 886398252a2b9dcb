/**
 * Fills the tables before anything is measured, by the functions that an app
 * and its clients call. What comes back is JSON.
 */
import { anyApi } from "convex/server";
import { claims, person, predecessor } from "../operations/operations.mjs";
import { Authenticator } from "../passkeys/authenticator.mjs";

const { auth, functions } = anyApi;

/** @type {Record<import("./checkout.mjs").AppId, (engine: object) => Promise<object>>} */
export const seeds = { password: seedPassword, passkey: seedPasskey };

/**
 * Two people. One owns an organization, with a team below it in which the other
 * has no membership: only the organization's is inherited. The first one has an
 * API key with a rate limit, which has been used before.
 *
 * @param {object} engine
 */
async function seedPassword(engine) {
  const owner = await signUp(engine, predecessor);
  const user = await signUp(engine, person);
  const { userId } = owner;
  const organizationId = await engine.mutation(functions.createOrganization, {
    userId,
  });
  const teamId = await engine.mutation(functions.createTeam, {
    userId,
    parentGroupId: organizationId,
  });
  const raw = await engine.mutation(functions.createKey, { userId });
  await engine.mutation(functions.verifyKey, { raw });
  return { ...user, memberId: userId, teamId, raw };
}

/**
 * A person with a passkey, whose browser has been asked for it and has answered.
 *
 * @param {object} engine
 */
async function seedPasskey(engine) {
  await signUp(engine, predecessor);
  const { identity } = await signUp(engine, person);
  const caller = engine.withIdentity(identity);
  /**
   * @param {object} client
   * @param {object} params
   * @param {string} [verifier]
   */
  const withPasskey = (client, params, verifier) =>
    client.action(auth.signIn, {
      provider: "passkey",
      params,
      ...(verifier === undefined ? {} : { verifier }),
    });
  const asked = await withPasskey(caller, { flow: "register-options" });
  const authenticator = new Authenticator(asked.options.user.id);
  const made = authenticator.register({ challenge: asked.options.challenge });
  await withPasskey(
    caller,
    { flow: "register", response: sent(made) },
    asked.verifier,
  );
  const begun = await withPasskey(engine, { flow: "signIn-options" });
  const { challenge } = begun.options;
  const response = sent(authenticator.assert({ challenge }));
  return { verifier: begun.verifier, response };
}

/**
 * @param {object} engine
 * @param {{ email: string, name: string, password: string }} account
 */
async function signUp(engine, { email, name, password }) {
  const { tokens } = await engine.action(auth.signIn, {
    provider: "password",
    params: { flow: "signUp", email, name, password },
  });
  const { sub: subject, iss: issuer, sid } = claims(tokens.token);
  const [userId] = subject.split("|");
  const { refreshToken } = tokens;
  return { userId, refreshToken, identity: { subject, issuer, sid } };
}

/** @param {object} credential What a browser gives to the app. */
function sent({ id, response }) {
  return { id, response };
}
