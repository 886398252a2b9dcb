import { httpActionGeneric } from "convex/server";
import type { ComponentApi } from "../../component/_generated/component.js";
import { environmentVariable } from "../environment.js";
import { jsonHeaders } from "./json.js";

/** Where the metadata are (OpenID Connect Discovery 1.0, section 4). */
export const CONFIGURATION_PATH = "/.well-known/openid-configuration";

/** Where the public keys are. */
export const KEY_SET_PATH = "/.well-known/jwks.json";

/**
 * Keys may be kept for a few seconds, so that the first key of a deployment is
 * seen at once; when we cannot be reached, for a day, which is how long before
 * its first use a next key is published.
 */
const CACHE_CONTROL =
  "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400";

/** Answers with what a verifier has to know about our tokens. */
export function configurationAction() {
  return httpActionGeneric(() => {
    const issuer = environmentVariable("CONVEX_SITE_URL");
    return Promise.resolve(
      json({
        issuer,
        jwks_uri: issuer + KEY_SET_PATH,
        authorization_endpoint: `${issuer}/oauth/authorize`,
        response_types_supported: ["id_token"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["ES256"],
      }),
    );
  });
}

/** Answers with the public keys (RFC 7517, section 5). */
export function keySetAction(component: ComponentApi) {
  return httpActionGeneric(async (ctx) =>
    json(await ctx.runQuery(component.signingKey.publicKeys, {})),
  );
}

function json(body: object): Response {
  return new Response(JSON.stringify(body), {
    headers: jsonHeaders(CACHE_CONTROL),
  });
}
