/**
 * `convex/auth.ts` of an app that uses Better Auth with Convex's plugin and
 * six more.
 */
import { createClient } from "@convex-dev/better-auth";
import { convex } from "@convex-dev/better-auth/plugins";
import { betterAuth } from "better-auth";
import {
  admin,
  anonymous,
  emailOTP,
  magicLink,
  organization,
  twoFactor,
} from "better-auth/plugins";
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
      admin(),
      anonymous(),
      emailOTP({ sendVerificationOTP: async () => {} }),
      magicLink({ sendMagicLink: async () => {} }),
      organization(),
      twoFactor(),
      convex({
        authConfig: { providers: [{ applicationID: "convex", domain: "" }] },
      }),
    ],
  });

export const viewer = queryGeneric({
  args: {},
  handler: (ctx) => authComponent.getAuthUser(ctx),
});
