import { emailCode, passkey, password, totp } from "convex-gatehouse/providers";
import { createAuth } from "convex-gatehouse/server";
import { components } from "./_generated/api";
import { sendCode, sendInvitation, sendVerificationRequest } from "./email";
import { keyScopes } from "./keyScopes";
import { permissions } from "./permissions";

export const auth = createAuth(components.auth, {
  providers: [
    password({ sendVerificationRequest }),
    passkey({ rpName: "Gatehouse demo" }),
    totp({ issuer: "Gatehouse demo" }),
    emailCode({ sendCode }),
  ],
  groups: {
    permissions,
    sendInvitation,
    // Enough for the made-up people that can be added in the settings.
    settings: { memberLimit: 10_000 },
  },
  keys: {
    configurations: { default: { prefix: "demo", scopes: keyScopes } },
    // `auth.config.ts` names those whom the tokens are for.
    exchange: {},
  },
});
export const { signIn, signOut, store, isAuthenticated } = auth;
