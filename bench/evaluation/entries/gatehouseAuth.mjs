/**
 * `convex/auth.ts` of an app that uses Gatehouse with two providers.
 */
import { createAuth } from "convex-gatehouse/server";
import { credentials, password } from "convex-gatehouse/providers";
import { componentsGeneric } from "convex/server";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [
    password(),
    credentials({ id: "partner", authorize: async () => null }),
  ],
});
export const { signIn, signOut, store, isAuthenticated } = auth;
