/** `convex/auth.ts` of an app on Gatehouse with API keys. */
import { authFunctions } from "convex-gatehouse/functions";
import { password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import {
  actionGeneric,
  componentsGeneric,
  mutationGeneric,
  queryGeneric,
} from "convex/server";

const components = componentsGeneric();

export const auth = createAuth(components.auth, {
  providers: [password({ requireEmailVerification: false })],
  // As many as an owner can have, to measure with: 50 unless an app says so.
  keys: { configurations: { default: { keysPerOwner: 500 } } },
  // The server makes them, without somebody who could prove anything.
  stepUp: { operations: { createKey: false } },
});
export const { signIn, signOut, store } = auth;

export const { authQuery, authMutation } = authFunctions(auth, {
  query: queryGeneric,
  mutation: mutationGeneric,
  action: actionGeneric,
});
