/** `convex/auth.ts` of an app on Gatehouse with password reset. */
import { password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { componentsGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";
import { outbox } from "../outbox.mjs";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [
    password({
      requireEmailVerification: false,
      sendVerificationRequest: async ({ token }) => outbox.deliver(token),
    }),
  ],
});
export const { signIn, signOut, store, isAuthenticated } = auth;

export const current = queryGeneric({
  args: {},
  returns: v.union(v.string(), v.null()),
  handler: (ctx) => auth.user.current(ctx),
});

export const sessions = queryGeneric({
  args: {},
  returns: v.any(),
  handler: async (ctx) =>
    auth.session.list(ctx, { userId: await auth.user.require(ctx) }),
});
