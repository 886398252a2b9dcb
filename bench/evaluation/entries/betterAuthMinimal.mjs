/**
 * `convex/auth.ts` of an app that uses Better Auth with e-mail and password
 * and nothing but Convex's plugin, by its smaller entry point.
 */
import { createClient } from "@convex-dev/better-auth";
import { convex } from "@convex-dev/better-auth/plugins";
import { betterAuth } from "better-auth/minimal";
import { componentsGeneric, queryGeneric } from "convex/server";

const components = componentsGeneric();

export const authComponent = createClient(components.betterAuth);

/** @param {object} ctx */
export const createAuth = (ctx) =>
  betterAuth({
    baseURL: process.env.SITE_URL,
    database: authComponent.adapter(ctx),
    emailAndPassword: { enabled: true },
    plugins: [
      convex({
        authConfig: { providers: [{ applicationID: "convex", domain: "" }] },
      }),
    ],
  });

export const viewer = queryGeneric({
  args: {},
  handler: (ctx) => authComponent.getAuthUser(ctx),
});
