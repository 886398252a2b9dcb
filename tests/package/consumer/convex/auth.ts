import { createAuth } from "convex-gatehouse/server";
import { password } from "convex-gatehouse/providers";
import { components } from "./_generated/api";

export const auth = createAuth(components.auth, { providers: [password()] });
export const { signIn, signOut, store } = auth;
