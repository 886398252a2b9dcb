/**
 * `convex/auth.ts` of an app that uses Gatehouse with passwords alone.
 */
import { createAuth } from "convex-gatehouse/server";
import { password } from "convex-gatehouse/providers";
import { componentsGeneric } from "convex/server";

const components = componentsGeneric();

export const auth = createAuth(components.auth, { providers: [password()] });
export const { signIn, signOut, store, isAuthenticated } = auth;
