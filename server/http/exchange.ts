import { httpActionGeneric } from "convex/server";
import type { ComponentApi } from "../../component/_generated/component.js";
import { environmentVariable } from "../environment.js";
import { keySettings } from "../keysConfig.js";
import { mutate, refuse } from "../refuse.js";
import type { AuthSettings } from "../settings.js";
import { errorResponse } from "./httpError.js";
import { jsonHeaders } from "./json.js";
import { presentedKey } from "./presentedKey.js";

/** Where keys are exchanged for tokens. */
export const TOKEN_PATH = "/api/auth/token";

/**
 * Exchanges the API key of a request for a token that Convex accepts as an
 * identity (the answer is that of RFC 6749, section 5.1).
 */
export function exchangeAction(component: ComponentApi, config: AuthSettings) {
  const { headers, exchange = {} } = config.keys ?? {};
  return httpActionGeneric(async (ctx, request) => {
    try {
      const raw = presentedKey(request, headers);
      if (raw === null) {
        refuse("MISSING_BEARER_TOKEN", "the request has no API key");
      }
      const { token, lifetimeMs, identity } = await mutate(
        ctx,
        component.keyExchange.exchange,
        {
          ...keySettings(config),
          ...exchange,
          raw,
          issuer: environmentVariable("CONVEX_SITE_URL"),
        },
      );
      const scope = identity.scopes.flatMap(({ resource, actions }) =>
        actions.map((action) => `${resource}:${action}`),
      );
      return new Response(
        JSON.stringify({
          access_token: token,
          token_type: "Bearer",
          expires_in: Math.floor(lifetimeMs / 1_000),
          scope: scope.join(" "),
        }),
        { headers: jsonHeaders("no-store") },
      );
    } catch (error) {
      return errorResponse(error);
    }
  });
}
