export default {
  providers: [
    {
      type: "customJwt",
      issuer: process.env.CONVEX_SITE_URL,
      jwks: `${process.env.CONVEX_SITE_URL}/.well-known/jwks.json`,
      algorithm: "ES256",
      applicationID: "convex",
    },
  ],
};
