/**
 * The operations on Better Auth in Convex, as its browser client calls them:
 * by HTTP actions of the app, which call the component for each database
 * operation.
 */
import { convexTest } from "convex-test";
import { anyApi, defineSchema } from "convex/server";
import { claims, mustFail, person, predecessor } from "../operations.mjs";
import { BetterAuthClient } from "./betterAuthClient.mjs";
import { outbox } from "./outbox.mjs";

export const label = "Better Auth";

/**
 * @param {import("../recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("../operations.mjs").Operations>}
 */
export async function prepare(recorder) {
  process.env.CONVEX_SITE_URL = "https://some.convex.site";
  process.env.SITE_URL = "https://some.convex.site";

  const backend = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./betterAuth/auth.mjs"),
        "./http.js": () => import("./betterAuth/http.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  const adapter = import.meta.resolve("@convex-dev/better-auth/adapter");
  const { default: schema } = await import(new URL("schema.js", adapter).href);
  recorder.countedBackend(backend).registerComponent("betterAuth", schema, {
    "./_generated/api.js": async () => ({}),
    "./adapter.js": () => import(adapter),
  });

  const client = new BetterAuthClient(backend);
  const { email, name, password, changedPassword, resetPassword } = person;
  await client.call("/sign-up/email", predecessor);
  await client.exchange();
  client.forget();

  return {
    signUp: async () => {
      await client.call("/sign-up/email", { email, name, password });
      await client.exchange();
    },
    signIn: async () => {
      client.forget();
      await client.call("/sign-in/email", { email, password });
      await client.exchange();
    },
    failedSignIn: async () => {
      const comeBack = client.forget();
      await mustFail(
        client.call("/sign-in/email", { email, password: "wrong password" }),
      );
      comeBack();
    },
    refresh: () => client.exchange(),
    currentUser: () => {
      const { sub: subject, sessionId } = claims(client.accessToken);
      return backend
        .withIdentity({ subject, sessionId })
        .query(anyApi.auth.current, {});
    },
    sessionList: () => client.call("/list-sessions"),
    passwordChange: () =>
      client.call("/change-password", {
        currentPassword: password,
        newPassword: changedPassword,
        revokeOtherSessions: true,
      }),
    resetRequest: () => client.call("/request-password-reset", { email }),
    resetVerification: async () => {
      await client.call("/reset-password", {
        newPassword: resetPassword,
        token: outbox.latest(),
      });
      client.forget();
      await client.call("/sign-in/email", { email, password: resetPassword });
      await client.exchange();
    },
    signOut: () => client.call("/sign-out", {}),
  };
}
