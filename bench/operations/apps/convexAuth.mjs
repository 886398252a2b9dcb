/**
 * The operations on `@convex-dev/auth`: its tables are the app's own, so there
 * is no component.
 */
import { generateKeyPairSync } from "node:crypto";
import { authTables } from "@convex-dev/auth/server";
import { convexTest } from "convex-test";
import { anyApi, defineSchema } from "convex/server";
import { claims, mustFail, person, predecessor } from "../operations.mjs";
import { outbox } from "./outbox.mjs";

export const label = "@convex-dev/auth";

/**
 * @param {import("../recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("../operations.mjs").Operations>}
 */
export async function prepare(recorder) {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  process.env.JWT_PRIVATE_KEY = privateKey.export({
    type: "pkcs8",
    format: "pem",
  });
  process.env.CONVEX_SITE_URL = "https://example-animal-123.convex.site";
  process.env.SITE_URL = "https://app.example.com";

  const backend = convexTest({
    schema: defineSchema(authTables),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./convexAuth/auth.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  const { signIn, signOut, current } = anyApi.auth;
  /** @param {Record<string, string>} params */
  const withPassword = async (params) => {
    const { tokens } = await backend.action(signIn, {
      provider: "password",
      params,
    });
    return tokens;
  };
  const { email, password, resetPassword } = person;
  let tokens = await withPassword({
    flow: "signUp",
    email: predecessor.email,
    password: predecessor.password,
  });
  const signedIn = () =>
    backend.withIdentity({ subject: claims(tokens.token).sub });

  return {
    signUp: async () => {
      tokens = await withPassword({ flow: "signUp", email, password });
    },
    signIn: async () => {
      tokens = await withPassword({ flow: "signIn", email, password });
    },
    failedSignIn: () =>
      mustFail(
        withPassword({ flow: "signIn", email, password: "wrong password" }),
      ),
    refresh: async () => {
      const { refreshToken } = tokens;
      ({ tokens } = await backend.action(signIn, { refreshToken }));
    },
    currentUser: () => signedIn().query(current, {}),
    resetRequest: () => withPassword({ flow: "reset", email }),
    resetVerification: async () => {
      tokens = await withPassword({
        flow: "reset-verification",
        email,
        code: outbox.latest(),
        newPassword: resetPassword,
      });
    },
    signOut: () => signedIn().action(signOut, {}),
  };
}
