/** `convex/auth.ts` of an app whose people have passkeys beside passwords. */
import { passkey, password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { componentsGeneric } from "convex/server";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [
    password({ requireEmailVerification: false }),
    passkey({ rpId: "example.com", origins: ["https://app.example.com"] }),
  ],
});
export const { signIn, signOut, store, isAuthenticated } = auth;
