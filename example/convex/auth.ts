import { password } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { components } from "./_generated/api";
import { sendVerificationRequest } from "./email";

export const auth = createAuth(components.auth, {
  providers: [password({ sendVerificationRequest })],
});
export const { signIn, signOut, store, isAuthenticated } = auth;
