import {
  type GenericDataModel,
  httpActionGeneric,
  type HttpRouter,
  type PublicHttpAction,
  type RoutableMethod,
} from "convex/server";
import type { ComponentApi } from "../../component/_generated/component.js";
import type { keyMethods } from "../key.js";
import type { AuthSettings } from "../settings.js";
import { type Cors, preflightResponse } from "./cors.js";
import {
  CONFIGURATION_PATH,
  configurationAction,
  KEY_SET_PATH,
  keySetAction,
} from "./discovery.js";
import { exchangeAction, TOKEN_PATH } from "./exchange.js";
import {
  keyAction,
  type KeyActionOptions,
  type KeyHandler,
} from "./keyAction.js";

/** `auth.http`: the routes of the library, and of apps that take API keys. */
export function httpMethods(
  component: ComponentApi,
  config: AuthSettings,
  auth: { readonly key: ReturnType<typeof keyMethods> },
) {
  const headers = config.keys?.headers;
  const action = <DataModel extends GenericDataModel = GenericDataModel>(
    handler: KeyHandler<DataModel>,
    options: KeyActionOptions = {},
  ): PublicHttpAction =>
    keyAction(
      (ctx, raw, requirement) => auth.key.verify(ctx, raw, requirement),
      headers,
      handler,
      options,
    );
  return {
    /**
     * Registers `/.well-known/openid-configuration` and
     * `/.well-known/jwks.json`, with which Convex verifies access tokens, and
     * with `keys.exchange` also `POST /api/auth/token`.
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
      if (config.keys?.exchange !== undefined) {
        http.route({
          path: TOKEN_PATH,
          method: "POST",
          handler: exchangeAction(component, config),
        });
      }
    },

    /**
     * Makes an HTTP action that takes API keys. The key is verified, and its
     * use counted, before the handler runs with it as `ctx.key`. What the
     * handler gives is answered as JSON, unless it is a `Response`. Refusals are
     * `{ error: { code, message, retryAfterMs } }`: 401 with
     * `WWW-Authenticate`, 403 when the scope is missing, 429 with
     * `Retry-After`.
     *
     * @param options.scope What the key has to be made for.
     * @param options.configId The kind it has to be of.
     * @param options.cors Which pages of other origins may call it.
     * @throws An `Error` for `cors` that would let every origin send
     *   credentials.
     */
    action,

    /**
     * Registers an action for API keys with the `OPTIONS` route that browsers
     * ask first. A path can have several methods, each with its own `cors`.
     *
     * @param http The app's router.
     * @throws An `Error`, like `action`.
     */
    route<DataModel extends GenericDataModel = GenericDataModel>(
      http: HttpRouter,
      {
        path,
        method,
        handler,
        ...options
      }: KeyActionOptions & {
        path: string;
        method: RoutableMethod;
        handler: KeyHandler<DataModel>;
      },
    ): void {
      http.route({ path, method, handler: action(handler, options) });
      preflightOf(http, path).set(method, { cors: options.cors, headers });
    },
  };
}

/** What browsers are told about the methods of a path. */
type Preflight = Map<
  string,
  { cors: Cors | undefined; headers: readonly string[] | undefined }
>;

const preflights = new WeakMap<HttpRouter, Map<string, Preflight>>();

/** The methods of a path, which share its `OPTIONS` route. */
function preflightOf(http: HttpRouter, path: string): Preflight {
  const paths = preflights.get(http) ?? new Map<string, Preflight>();
  preflights.set(http, paths);
  const known = paths.get(path);
  if (known !== undefined) {
    return known;
  }
  const methods: Preflight = new Map();
  paths.set(path, methods);
  const handler = httpActionGeneric((_ctx, { headers: asked }) => {
    const method = asked.get("Access-Control-Request-Method") ?? "";
    // Convex answers HEAD with what GET gives.
    const asksHead = method === "HEAD";
    const { cors, headers } = methods.get(asksHead ? "GET" : method) ?? {};
    return Promise.resolve(
      preflightResponse(cors, method, asked.get("Origin"), headers),
    );
  });
  http.route({ path, method: "OPTIONS", handler });
  return methods;
}
