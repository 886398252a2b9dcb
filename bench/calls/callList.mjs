/**
 * The calls that are measured: each is what a client or an app asks once, by a
 * function of the app and the facade.
 */
import { anyApi } from "convex/server";
import { person } from "../operations/operations.mjs";

/**
 * @typedef {object} Call
 * @property {string} id
 * @property {string} label
 * @property {import("./checkout.mjs").AppId} app
 * @property {string} part What the component does of it.
 * @property {boolean} [hashes] Whether a password is hashed, whose time is left
 *   out.
 * @property {boolean} [isRefused] Whether it ends with the core's first answer. It
 *   says what evaluating the modules and starting the core take of another call.
 * @property {boolean} [isColdToo] Whether it is measured as a process's first
 *   call as well.
 * @property {(engine: object, seed: any) => Promise<unknown>} run `seed` is
 *   what `seeds.mjs` has made for the app.
 */

const { auth, functions } = anyApi;

/** @type {Call[]} */
export const calls = [
  {
    id: "isAuthenticated",
    label: "`isAuthenticated`",
    app: "password",
    part: "`session.isValid`",
    isColdToo: true,
    run: (engine, { identity }) =>
      engine.withIdentity(identity).query(auth.isAuthenticated, {}),
  },
  {
    id: "viewer",
    label: "the signed-in user (`user.viewer`)",
    app: "password",
    part: "`user.viewer`",
    run: (engine, { identity }) =>
      engine.withIdentity(identity).query(functions.viewer, {}),
  },
  {
    id: "user",
    label: "a user (`user.get`)",
    app: "password",
    part: "`user.get`",
    run: (engine, { userId }) => engine.query(functions.user, { userId }),
  },
  {
    id: "permission",
    label: "a permission check",
    app: "password",
    part: "the permission check",
    run: (engine, { memberId: userId, teamId: groupId }) =>
      engine.query(functions.mayAddMember, { userId, groupId }),
  },
  {
    id: "key",
    label: "the verification of an API key",
    app: "password",
    part: "the verification of the key",
    run: (engine, { raw }) => engine.mutation(functions.verifyKey, { raw }),
  },
  {
    id: "refresh",
    label: "a refresh of the access token",
    app: "password",
    part: "the refresh",
    run: (engine, { refreshToken }) =>
      engine.action(auth.signIn, { refreshToken }),
  },
  {
    id: "password",
    label: "a sign-in with a password",
    app: "password",
    part: "the sign-in with a password",
    hashes: true,
    isColdToo: true,
    run: (engine) =>
      engine.action(auth.signIn, {
        provider: "password",
        params: {
          flow: "signIn",
          email: person.email,
          password: person.password,
        },
      }),
  },
  {
    id: "passkeyBegin",
    label: "the beginning of a sign-in with a passkey",
    app: "passkey",
    part: "the beginning of the sign-in with a passkey",
    run: (engine) =>
      engine.action(auth.signIn, {
        provider: "passkey",
        params: { flow: "signIn-options" },
      }),
  },
  {
    id: "passkey",
    label: "a sign-in with a passkey",
    app: "passkey",
    part: "the sign-in with a passkey",
    isColdToo: true,
    run: (engine, { verifier, response }) =>
      engine.action(auth.signIn, {
        provider: "passkey",
        params: { flow: "signIn", response },
        verifier,
      }),
  },
  {
    id: "passwordQuestion",
    label: "a sign-in with a password, refused at the core's first question",
    app: "password",
    part: "its first question",
    isRefused: true,
    isColdToo: true,
    run: (engine) =>
      refused(
        engine.action(auth.signIn, {
          provider: "password",
          params: {
            flow: "signIn",
            email: "nobody",
            password: person.password,
          },
        }),
      ),
  },
  {
    id: "passkeyQuestion",
    label: "a sign-in with a passkey, refused at the core's first question",
    app: "passkey",
    part: "its first question",
    isRefused: true,
    isColdToo: true,
    run: (engine, { response }) =>
      refused(
        engine.action(auth.signIn, {
          provider: "passkey",
          params: { flow: "signIn", response },
          verifier: "nothing",
        }),
      ),
  },
];

/**
 * @param {Promise<unknown>} call
 * @returns {Promise<string>} The code that it was refused with.
 */
async function refused(call) {
  try {
    await call;
  } catch (error) {
    return error.data.code;
  }
  throw new Error("The call was not refused");
}
