/** `convex/auth.ts` of an app on `@convex-dev/auth` with password reset. */
import { Email } from "@convex-dev/auth/providers/Email";
import { Password } from "@convex-dev/auth/providers/Password";
import { convexAuth, getAuthUserId } from "@convex-dev/auth/server";
import { queryGeneric } from "convex/server";
import { v } from "convex/values";
import { outbox } from "../outbox.mjs";

export const { auth, signIn, signOut, store, isAuthenticated } = convexAuth({
  providers: [
    Password({
      reset: Email({
        id: "password-reset",
        sendVerificationRequest: async ({ token }) => outbox.deliver(token),
      }),
    }),
  ],
});

export const current = queryGeneric({
  args: {},
  returns: v.union(v.string(), v.null()),
  handler: (ctx) => getAuthUserId(ctx),
});
