import { v, type Infer } from "convex/values";

/** The tokens of a session. */
const tokens = v.object({
  /** The access token: an ES256 JWT that Convex verifies. */
  token: v.string(),
  /** The refresh token, to be exchanged once. */
  refreshToken: v.string(),
});

/** What the `signIn` action returns. */
export const signInActionResult = v.union(
  v.object({
    kind: v.literal("signedIn"),
    /** `null` when the present session goes on. */
    tokens: v.union(tokens, v.null()),
  }),
  v.object({
    kind: v.literal("started"),
    /** To be sent back with the code from the e-mail. */
    verifier: v.optional(v.string()),
  }),
);

/**
 * What the `signIn` action returns: the tokens of a session, or that an e-mail
 * is on its way.
 */
export type SignInActionResult = Infer<typeof signInActionResult>;
