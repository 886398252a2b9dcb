import type { HttpRouter } from "convex/server";
import type { ComponentApi } from "../../component/_generated/component.js";
import {
  CONFIGURATION_PATH,
  configurationAction,
  KEY_SET_PATH,
  keySetAction,
} from "./discovery.js";

/** `auth.http`: the routes of the library. */
export function httpMethods(component: ComponentApi) {
  return {
    /**
     * Registers `/.well-known/openid-configuration` and
     * `/.well-known/jwks.json`, with which Convex verifies access tokens.
     *
     * @param http The app's router, from `httpRouter()`.
     */
    add(http: HttpRouter): void {
      http.route({
        path: CONFIGURATION_PATH,
        method: "GET",
        handler: configurationAction(),
      });
      http.route({
        path: KEY_SET_PATH,
        method: "GET",
        handler: keySetAction(component),
      });
    },
  };
}
