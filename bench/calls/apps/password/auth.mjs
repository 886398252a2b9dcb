/** `convex/auth.ts` of an app whose people sign in with passwords. */
import { password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { componentsGeneric } from "convex/server";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [
    password({
      requireEmailVerification: false,
      // Two sizes are measured, to tell the hash's time from all the rest.
      argon2: {
        memoryKib: Number(process.env.ARGON2_MEMORY_KIB),
        iterations: 1,
        parallelism: 1,
      },
    }),
  ],
});
export const { signIn, signOut, store, isAuthenticated } = auth;
