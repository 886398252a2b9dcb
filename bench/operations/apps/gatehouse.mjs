/**
 * The operations on Gatehouse: an app that installs the component and calls
 * it through `createAuth` and the published entry points.
 */
import { convexTest } from "convex-test";
import { register } from "convex-gatehouse/test";
import { anyApi, defineSchema } from "convex/server";
import { claims, mustFail, person, predecessor } from "../operations.mjs";
import { outbox } from "./outbox.mjs";

export const label = "Gatehouse";

const siteUrl = "https://example-animal-123.convex.site";

/**
 * @param {import("../recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("../operations.mjs").Operations>}
 */
export async function prepare(recorder) {
  process.env.CONVEX_SITE_URL = siteUrl;
  process.env.SITE_URL = "https://app.example.com";

  const backend = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./gatehouse/auth.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  register(recorder.countedBackend(backend), "auth");

  const { signIn, signOut, current, sessions } = anyApi.auth;
  /** @param {object} caller */
  const withPassword = (caller, params) =>
    caller.action(signIn, { provider: "password", params });
  const { email, name, password, changedPassword, resetPassword } = person;
  let { tokens } = await withPassword(backend, {
    flow: "signUp",
    ...predecessor,
  });
  const signedIn = () => {
    const identity = claims(tokens.token);
    return backend.withIdentity({
      subject: identity.sub,
      issuer: identity.iss,
      sid: identity.sid,
    });
  };

  return {
    signUp: async () => {
      ({ tokens } = await withPassword(backend, {
        flow: "signUp",
        email,
        name,
        password,
      }));
    },
    signIn: async () => {
      ({ tokens } = await withPassword(backend, {
        flow: "signIn",
        email,
        password,
      }));
    },
    failedSignIn: () =>
      mustFail(
        withPassword(backend, {
          flow: "signIn",
          email,
          password: "wrong password",
        }),
      ),
    refresh: async () => {
      const { refreshToken } = tokens;
      ({ tokens } = await backend.action(signIn, { refreshToken }));
    },
    currentUser: () => signedIn().query(current, {}),
    sessionList: () => signedIn().query(sessions, {}),
    passwordChange: () =>
      withPassword(signedIn(), {
        flow: "change",
        currentPassword: password,
        newPassword: changedPassword,
      }),
    resetRequest: () => withPassword(backend, { flow: "reset", email }),
    resetVerification: async () => {
      ({ tokens } = await withPassword(backend, {
        flow: "reset-verification",
        email,
        code: outbox.latest(),
        newPassword: resetPassword,
      }));
    },
    signOut: () => signedIn().action(signOut, {}),
  };
}
