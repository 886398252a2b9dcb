import type { AuthConfig } from "convex/server";

const issuer = process.env.CONVEX_SITE_URL!;

/** Convex verifies access tokens with the keys that the component publishes. */
export default {
  providers: [
    {
      type: "customJwt",
      issuer,
      jwks: `${issuer}/.well-known/jwks.json`,
      algorithm: "ES256",
      applicationID: "convex",
    },
  ],
} satisfies AuthConfig;
