import { v, type Infer } from "convex/values";

/**
 * What the `signIn` action returns. It is a function, because Convex asks for
 * validators only when the app is deployed.
 */
export const signInActionResult = () =>
  v.union(
    v.object({
      kind: v.literal("signedIn"),
      /** `null` when the present session goes on. */
      tokens: v.union(
        v.object({
          /** The access token: an ES256 JWT that Convex verifies. */
          token: v.string(),
          /** The refresh token, to be exchanged once. */
          refreshToken: v.string(),
        }),
        v.null(),
      ),
    }),
    v.object({
      kind: v.literal("passkeyOptions"),
      /** What `navigator.credentials` is called with, in its JSON form. */
      options: v.any(),
      /** To be sent back with what the browser has answered. */
      verifier: v.string(),
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
export type SignInActionResult = Infer<ReturnType<typeof signInActionResult>>;
