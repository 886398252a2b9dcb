import type { AuthConfig } from "convex/server";

const issuer = process.env.CONVEX_SITE_URL!;

/** Both kinds of tokens are signed with the keys that the component publishes. */
const signed = {
  type: "customJwt",
  issuer,
  jwks: `${issuer}/.well-known/jwks.json`,
  algorithm: "ES256",
} as const;

/** Which tokens Convex takes: those of sessions, and those of API keys. */
export default {
  providers: [
    { ...signed, applicationID: "convex" },
    { ...signed, applicationID: "api-key" },
  ],
} satisfies AuthConfig;
