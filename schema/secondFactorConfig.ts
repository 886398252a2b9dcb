import { v } from "convex/values";

/** The app's settings for second factors. Bounds and defaults are the core's. */
export const secondFactorConfig = v.object({
  /** What is asked of users. */
  policy: v.optional(
    v.union(v.literal("off"), v.literal("optional"), v.literal("required")),
  ),
  /** Days for which a device is trusted. */
  trustedDeviceDays: v.optional(v.number()),
});

/** What every way to sign in is called with besides its own. */
export const signInArguments = {
  /** The app's settings for second factors. */
  secondFactor: v.optional(secondFactorConfig),
  /** The token of a device that the user trusts. */
  trustedDevice: v.optional(v.string()),
  /** The session of the caller, which the same user's new one replaces. */
  replaces: v.optional(v.string()),
};

/** The channel of a sent code. */
export const codeFactorKind = v.union(
  v.literal("emailCode"),
  v.literal("phoneCode"),
);

/** How fresh a session has to be. */
export const stepUp = v.object({
  /** Seconds that the proof may be old (RFC 9470, section 3). */
  maxAge: v.optional(v.number()),
});

/** A session of a verified access token. */
export const sessionIdentity = v.object({
  userId: v.string(),
  sessionId: v.string(),
});

/** The app's settings for authenticator apps. */
export const totpConfig = v.object({
  /** What the apps show as the name of the service. */
  issuer: v.string(),
  /** The hash function. */
  algorithm: v.optional(
    v.union(v.literal("SHA1"), v.literal("SHA256"), v.literal("SHA512")),
  ),
  /** Digits of a code. */
  digits: v.optional(v.number()),
  /** Seconds of a time step. */
  period: v.optional(v.number()),
});

/** A code to send to an address. */
export const secondFactorDelivery = v.object({
  /** To which address or number. */
  to: v.string(),
  /** The code. */
  code: v.string(),
  /** Until when it can be used. */
  expirationTime: v.number(),
});
