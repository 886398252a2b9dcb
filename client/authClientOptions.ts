/** How a client is made. */

import type { AuthApi } from "./authApi.js";
import type { ReactiveConvexClient } from "./convexConnection.js";
import type { Environment } from "./environment.js";
import type { SecondFactorProviders } from "./secondFactor/secondFactorProviders.js";
import type { AuthStorage } from "./storage.js";

/** Where the deployment is: a Convex client, or its address. */
export type DeploymentOptions =
  | {
      /** The reactive client; its address is used, and it can be attached. */
      convex: ReactiveConvexClient;
      /** The address, for a client that does not know its own. */
      url?: string;
    }
  | {
      convex?: undefined;
      /** The deployment's address, as `https://happy-otter-123.convex.cloud`. */
      url: string;
    };

/** Options with defaults. */
export interface AuthClientSettings extends Partial<Environment> {
  /** The app's authentication functions, as `api.auth`. */
  api: AuthApi;
  /** Where the session is kept; default `localStorage`, else memory. */
  storage?: AuthStorage;
  /** Tells apps on one origin apart; default: the deployment's address. */
  storageNamespace?: string;
  /**
   * Milliseconds until a handshake counts as late, with the error
   * `AUTH_HANDSHAKE_TIMEOUT`; default 15,000. A late answer still counts.
   */
  handshakeTimeoutMs?: number;
  /** Milliseconds that a sign-in or sign-out call may take; default 30,000. */
  callTimeoutMs?: number;
  /**
   * Milliseconds that one refresh attempt may take; default 7,000. Below the
   * server's grace period (10 s), so that the attempt after a lost answer
   * still counts as the same use of the refresh token.
   */
  refreshTimeoutMs?: number;
  /**
   * Milliseconds before its end at which an access token is no longer handed
   * out; default 10,000.
   */
  expiryLeewayMs?: number;
  /** The ids of the providers of second factors, where the app has others. */
  secondFactorProviders?: SecondFactorProviders;
  /**
   * The id of the provider `passkey`, where the app has another; the same as
   * `passkey` in `secondFactorProviders`, for apps that have no second factors.
   */
  passkeyProvider?: string;
  /** Skips Convex's check of the address (self-hosted deployments). */
  skipConvexDeploymentUrlCheck?: boolean;
}

/** Options of `createAuthClient`. */
export type AuthClientOptions = AuthClientSettings & DeploymentOptions;
