/**
 * The operations on Better Auth in Convex, as its browser client calls them:
 * by HTTP actions of the app, which call the component for each database
 * operation.
 */
import { convexTest } from "convex-test";
import { anyApi, defineSchema } from "convex/server";
import { claims, mustFail, person, predecessor } from "../operations.mjs";
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

  /**
   * The browser's cookies for the app's site.
   *
   * @type {Map<string, string>}
   */
  let cookies = new Map();
  /** The JWT for Convex. */
  let accessToken = "";
  /**
   * @param {string} path
   * @param {object} [body] Makes it a POST.
   */
  const call = async (path, body) => {
    const response = await backend.fetch(`/api/auth${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        "content-type": "application/json",
        origin: "https://some.convex.site",
        cookie: [...cookies].map((pair) => pair.join("=")).join("; "),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) {
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    }
    for (const cookie of response.headers.getSetCookie()) {
      const [, cookieName, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value === "") cookies.delete(cookieName);
      else cookies.set(cookieName, value);
    }
    return response.json();
  };
  const exchange = async () => {
    accessToken = (await call("/convex/token")).token;
  };
  const { email, name, password, changedPassword, resetPassword } = person;
  await call("/sign-up/email", predecessor);
  await exchange();
  cookies = new Map();

  return {
    signUp: async () => {
      await call("/sign-up/email", { email, name, password });
      await exchange();
    },
    signIn: async () => {
      cookies = new Map();
      await call("/sign-in/email", { email, password });
      await exchange();
    },
    failedSignIn: async () => {
      const present = cookies;
      cookies = new Map();
      await mustFail(
        call("/sign-in/email", { email, password: "wrong password" }),
      );
      cookies = present;
    },
    refresh: exchange,
    currentUser: () => {
      const { sub: subject, sessionId } = claims(accessToken);
      return backend
        .withIdentity({ subject, sessionId })
        .query(anyApi.auth.current, {});
    },
    sessionList: () => call("/list-sessions"),
    passwordChange: () =>
      call("/change-password", {
        currentPassword: password,
        newPassword: changedPassword,
        revokeOtherSessions: true,
      }),
    resetRequest: () => call("/request-password-reset", { email }),
    resetVerification: async () => {
      await call("/reset-password", {
        newPassword: resetPassword,
        token: outbox.latest(),
      });
      cookies = new Map();
      await call("/sign-in/email", { email, password: resetPassword });
      await exchange();
    },
    signOut: () => call("/sign-out", {}),
  };
}
