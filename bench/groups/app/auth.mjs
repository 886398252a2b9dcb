/** `convex/auth.ts` of the app whose groups are measured. */
import { password } from "convex-gatehouse/providers";
import { createAuth, definePermissions } from "convex-gatehouse/server";
import { componentsGeneric } from "convex/server";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [password({ requireEmailVerification: false })],
  groups: {
    permissions: definePermissions({
      resources: { project: ["create", "update", "delete"] },
      roles: { editor: { project: ["create", "update"] } },
    }),
  },
});
export const { signIn, signOut, store } = auth;
