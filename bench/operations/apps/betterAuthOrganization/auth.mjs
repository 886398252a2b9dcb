/**
 * `convex/auth.ts` of an app on Better Auth with organizations. Their tables
 * are not in the component as it is published: the app has a copy of the
 * component with a schema of its own ("local install").
 */
import { createClient } from "@convex-dev/better-auth";
import { getAuthConfigProvider } from "@convex-dev/better-auth/auth-config";
import { convex } from "@convex-dev/better-auth/plugins";
import { betterAuth } from "better-auth/minimal";
import { organization } from "better-auth/plugins/organization";
import { componentsGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";

const components = componentsGeneric();

export const authComponent = createClient(components.betterAuth);

/** @param {object} ctx */
export const options = (ctx) => ({
  baseURL: process.env.SITE_URL,
  secret: "a secret that only the benchmark uses 0123456789",
  database: authComponent.adapter(ctx),
  emailAndPassword: { enabled: true },
  plugins: [
    organization(),
    convex({ authConfig: { providers: [getAuthConfigProvider()] } }),
  ],
  telemetry: { enabled: false },
});

/** @param {object} ctx */
export const createAuth = (ctx) => betterAuth(options(ctx));

/** Whether the user of the request may invite, as a function would ask. */
export const mayInvite = queryGeneric({
  args: { organizationId: v.string() },
  returns: v.boolean(),
  handler: async (ctx, { organizationId }) => {
    const { auth, headers } = await authComponent.getAuth(createAuth, ctx);
    const { success } = await auth.api.hasPermission({
      headers,
      body: { organizationId, permissions: { invitation: ["create"] } },
    });
    return success;
  },
});
