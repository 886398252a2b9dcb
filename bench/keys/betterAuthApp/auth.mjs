/**
 * `convex/auth.ts` of an app on Better Auth with API keys, of users and of
 * organizations. Their tables are not in the component as it is published: the
 * app has a copy of the component with a schema of its own ("local install").
 */
import { apiKey } from "@better-auth/api-key";
import { createClient } from "@convex-dev/better-auth";
import { getAuthConfigProvider } from "@convex-dev/better-auth/auth-config";
import { convex } from "@convex-dev/better-auth/plugins";
import { betterAuth } from "better-auth/minimal";
import { organization } from "better-auth/plugins/organization";
import { componentsGeneric } from "convex/server";

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
    apiKey([
      { configId: "default" },
      { configId: "organization", references: "organization" },
    ]),
    convex({ authConfig: { providers: [getAuthConfigProvider()] } }),
  ],
  telemetry: { enabled: false },
});

/** @param {object} ctx */
export const createAuth = (ctx) => betterAuth(options(ctx));
