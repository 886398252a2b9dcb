/** `convex/auth.ts` of an app on Better Auth with e-mail and password. */
import { createClient } from "@convex-dev/better-auth";
import { getAuthConfigProvider } from "@convex-dev/better-auth/auth-config";
import { convex } from "@convex-dev/better-auth/plugins";
import { betterAuth } from "better-auth/minimal";
import { componentsGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { outbox } from "../outbox.mjs";

const components = componentsGeneric();

export const authComponent = createClient(components.betterAuth);

/** @param {object} ctx */
export const createAuth = (ctx) =>
  betterAuth({
    baseURL: process.env.SITE_URL,
    secret: "a secret that only the benchmark uses 0123456789",
    database: authComponent.adapter(ctx),
    emailAndPassword: {
      enabled: true,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ token }) => outbox.deliver(token),
    },
    plugins: [convex({ authConfig: { providers: [getAuthConfigProvider()] } })],
    telemetry: { enabled: false },
  });

export const current = queryGeneric({
  args: {},
  returns: v.any(),
  handler: (ctx) => authComponent.safeGetAuthUser(ctx),
});
