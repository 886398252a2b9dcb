/** What the framework-free client offers. */

import type { AuthState } from "./authState.js";
import type { ReactiveConvexClient } from "./convexConnection.js";
import type { ConvexAuthTarget } from "./handshake.js";
import type { PasskeyClient } from "./passkey/passkeyClient.js";
import type {
  SecondFactorClient,
  TotpClient,
} from "./secondFactor/secondFactorClient.js";
import type { SignIn } from "./signIn.js";
import type { SignOutResult } from "./signOutResult.js";

/**
 * The client. Its methods are bound: they may be passed around on their own.
 * Nothing happens before the first call of a method other than `getState` and
 * `getServerState`, so making one during a server render costs nothing.
 */
export interface AuthClient {
  /** The present snapshot; the same object until something changes. */
  readonly getState: () => AuthState;
  /** The snapshot of a server render and of hydration: always `loading`. */
  readonly getServerState: () => AuthState;
  /**
   * Calls the listener after each change of the snapshot.
   *
   * @returns A function that ends it.
   */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Signs in, or takes a further step of signing in. Of a signed-in user it
   * carries the access token, as flow `change` needs.
   *
   * @param provider - The provider's id, as `password`.
   * @param params - Its parameters, or the form that has them.
   * @param options - Further arguments.
   * @returns What came of it. After `signedIn` the phase is `handshake` until
   *   the Convex server has confirmed the token. If it is the same person again,
   *   the phase stays, and the promise waits for the confirmation instead, so
   *   that what was refused with `STEP_UP_REQUIRED` can be repeated.
   * @throws ConvexError as the server threw it (see `parseAuthError`), and with
   *   `NOT_SIGNED_IN` when somebody has signed out before the answer came;
   *   `AuthNetworkError` when the deployment could not be reached;
   *   TypeError when a form contains a file.
   */
  readonly signIn: SignIn;
  /** Passkeys: adding them, and signing in with them. */
  readonly passkey: PasskeyClient;
  /** Authenticator apps: setting them up, and sending their codes. */
  readonly totp: TotpClient;
  /** Recovery codes, and codes that are sent. */
  readonly secondFactor: SecondFactorClient;
  /**
   * Signs this device out, in all tabs, and ends the session on the server if
   * it can be reached. A session that a call under way brings is ended, too.
   *
   * @returns Whether the server has ended the session; never rejects.
   */
  readonly signOut: () => Promise<SignOutResult>;
  /**
   * The access token, for Convex's `setAuth` and for HTTP calls of one's own.
   *
   * While the deployment cannot be reached and a new token is needed, the
   * promise stays pending and the refresh is repeated: `null` always means
   * "not signed in", for that is how Convex takes it.
   *
   * @param args - `forceRefreshToken`: get a new token even if the present one
   *   is still good.
   * @returns The token; `null` when nobody is signed in.
   */
  readonly fetchAccessToken: (args?: {
    forceRefreshToken?: boolean;
  }) => Promise<string | null>;
  /**
   * Authenticates a Convex client with this one, now and at each change.
   * Not with `ConvexProviderWithAuth` around, which does it by itself.
   *
   * @param convex - The client; default: the one from the options.
   * @returns A function that ends it and makes the connection anonymous.
   * @throws Error when there is no client.
   */
  readonly attach: (convex?: ReactiveConvexClient) => () => void;
  /** Whether {@link AuthClient.attach} is in force for some Convex client. */
  readonly isAttached: () => boolean;
  /**
   * A stand-in for a Convex client, for a `ConvexProviderWithAuth`: it passes
   * `setAuth` and `clearAuth` on, and this client learns of the confirmation.
   *
   * @param convex - The client; default: the one from the options.
   * @throws Error when there is no client.
   */
  readonly authTarget: (convex?: ReactiveConvexClient) => ConvexAuthTarget;
  /**
   * Tells that the Convex server has confirmed a session, for integrations
   * that call `setAuth` on their own.
   *
   * @param sessionId - The session; any but the present one is ignored.
   */
  readonly reportConfirmation: (sessionId: string) => void;
  /**
   * Lets go of timers, events and attached clients; pending calls of
   * `fetchAccessToken` answer `null`. The session stays stored. A later call
   * of a method opens the client again.
   */
  readonly close: () => void;
}
