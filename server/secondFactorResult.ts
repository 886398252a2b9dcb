import { v } from "convex/values";

/** What `signIn` returns besides, where there are authenticator apps. */
export const totpSetupResult = () =>
  v.object({
    kind: v.literal("totpSetup"),
    /** What an authenticator app is set up with. */
    totpSetup: v.object({
      /** The `otpauth://` address for a QR code. */
      uri: v.string(),
      /** The secret in base32, for typing it in. */
      secret: v.string(),
      /** The id of the app that is being set up. */
      totpId: v.string(),
    }),
    /** The same id. */
    verifier: v.string(),
  });

/** What `signIn` returns besides, where there are second factors. */
export const recoveryCodesResult = () =>
  v.object({
    kind: v.literal("recoveryCodes"),
    /** The new codes, this once. */
    recoveryCodes: v.array(v.string()),
  });
