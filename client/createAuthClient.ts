/** Who is signed in, and how that changes. */

import type { AuthClient, SignInOptions, SignOutResult } from "./authClient.js";
import type { AuthClientOptions } from "./authClientOptions.js";
import {
  AuthStateStore,
  LOADING_STATE,
  type AuthPhase,
  type AuthState,
  type AuthStateError,
  type SignOutReason,
} from "./authState.js";
import {
  connectionOf,
  urlOf,
  type ConvexConnection,
  type ReactiveConvexClient,
} from "./convexConnection.js";
import { completeEnvironment, type Environment } from "./environment.js";
import { Handshake, type ConvexAuthTarget } from "./handshake.js";
import { passkeyClient } from "./passkey/passkeyClient.js";
import { PendingVerifier } from "./pendingVerifier.js";
import { Refresher } from "./refresher.js";
import { RefreshLock } from "./refreshLock.js";
import { RevocationWatch } from "./revocation.js";
import { SessionCalls } from "./sessionCalls.js";
import { toStateError } from "./stateError.js";
import { toParamsRecord, type SignInParams } from "./signInParams.js";
import type { SignInResult } from "./signInResult.js";
import {
  browserStorage,
  createResilientStorage,
  namespaceOf,
} from "./storage.js";
import { Tabs } from "./tabs.js";
import { isUsable, TokenStore, type TokenPair } from "./tokenStore.js";
import { Transport } from "./transport.js";

/**
 * Makes a client.
 *
 * @param options - The deployment, the app's functions, and settings.
 * @throws Error when the address of the deployment is not known.
 */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  return new GatehouseAuthClient(options);
}

class GatehouseAuthClient implements AuthClient {
  private readonly options: AuthClientOptions;
  private readonly environment: Environment;
  private readonly calls: SessionCalls;
  private readonly store: TokenStore;
  private readonly verifier: PendingVerifier;
  private readonly tabs: Tabs;
  private readonly refresher: Refresher;
  private readonly handshake: Handshake;
  private readonly revocation: RevocationWatch;
  private readonly state = new AuthStateStore();
  /** Re-authenticate the attached Convex clients after a change of session. */
  private readonly attachments = new Set<() => void>();

  private pair: TokenPair | null = null;
  private loading: Promise<void> | null = null;
  private isLoaded = false;
  private isConfirmed = false;
  private isRejected = false;
  private error: AuthStateError | undefined;
  private reason: SignOutReason | undefined;
  /** The access token that Convex, or another caller, was given last. */
  private handedToken: string | null = null;

  constructor(options: AuthClientOptions) {
    this.options = options;
    const environment = completeEnvironment(options);
    this.environment = environment;
    const { convex, storage, refreshTimeoutMs = 7_000 } = options;
    const url = options.url ?? (convex === undefined ? "" : urlOf(convex));
    if (url === "") {
      throw new Error("createAuthClient needs the option `convex` or `url`.");
    }
    this.calls = new SessionCalls({
      transport: new Transport(
        url,
        // A Convex client has made its own check of the address already.
        options.skipConvexDeploymentUrlCheck ?? convex !== undefined,
        environment,
      ),
      api: options.api,
      now: environment.now,
      callTimeoutMs: options.callTimeoutMs ?? 30_000,
      refreshTimeoutMs,
    });
    const namespace = options.storageNamespace ?? namespaceOf(url);
    const resilient = createResilientStorage(storage ?? browserStorage());
    this.verifier = new PendingVerifier(resilient, namespace);
    this.store = new TokenStore(resilient, namespace, () =>
      this.tabs.announce(),
    );
    this.tabs = new Tabs(
      environment,
      this.store.storageKey,
      storage !== undefined,
      () => void this.readStorage(),
      () => this.refresher.wake(),
    );
    this.refresher = new Refresher({
      store: this.store,
      lock: new RefreshLock(
        namespace,
        environment.locks,
        environment.timers,
        refreshTimeoutMs + 1_000,
      ),
      environment,
      leewayMs: options.expiryLeewayMs ?? 10_000,
      exchange: (refreshToken) => this.calls.exchange(refreshToken),
      onPair: (pair) => {
        // A refresh that works again ends the trouble with refreshing, but not
        // the trouble with the handshake.
        if (!this.error?.code.startsWith("AUTH_HANDSHAKE_")) {
          this.error = undefined;
        }
        this.adopt(pair);
      },
      onEnded: (reason) => this.adopt(null, reason),
      onFailure: (error) => {
        this.error = toStateError(error);
        this.publish();
      },
    });
    this.handshake = new Handshake(
      {
        sessionId: () => this.pair?.sessionId ?? null,
        forceRefresh: () => this.fetchAccessToken({ forceRefreshToken: true }),
        onConfirmed: (connection) => this.confirm(connection),
        onRejected: () => this.reject(),
        onTimeout: () => {
          this.error = {
            code: "AUTH_HANDSHAKE_TIMEOUT",
            message: "The server has not confirmed the session in time.",
          };
          this.publish();
        },
        onReset: () => {
          this.revocation.stop();
          this.isConfirmed = false;
          this.publish();
        },
      },
      environment.timers,
      options.handshakeTimeoutMs ?? 15_000,
    );
    this.revocation = new RevocationWatch(options.api.isAuthenticated, {
      onRevoked: (sessionId) => void this.endRevoked(sessionId),
      onDoubt: () => void this.fetchAccessToken({ forceRefreshToken: true }),
    });
  }

  readonly getState = (): AuthState => this.state.get();

  readonly getServerState = (): AuthState => LOADING_STATE;

  readonly subscribe = (listener: () => void): (() => void) => {
    void this.open();
    return this.state.subscribe(listener);
  };

  readonly signIn = async (
    provider: string,
    params?: SignInParams,
    options: SignInOptions = {},
  ): Promise<SignInResult> => {
    await this.open();
    const verifier = options.verifier ?? (await this.verifier.read(provider));
    const args = {
      provider,
      params: toParamsRecord(params),
      ...(verifier === undefined ? {} : { verifier }),
    };
    const { result, pair, pendingVerifier } = await this.calls.signIn(
      args,
      await this.tokenForCall(),
      (rejectedToken) => this.refresher.refreshOnce(rejectedToken),
    );
    if (pendingVerifier !== undefined) {
      await this.verifier.keep(provider, pendingVerifier);
    }
    if (pair !== null) {
      await this.verifier.forget();
      await this.store.write(pair);
      this.adopt(pair);
    }
    return result;
  };

  readonly passkey = passkeyClient((provider, params, options) =>
    this.signIn(provider, params, options),
  );

  readonly signOut = async (): Promise<SignOutResult> => {
    await this.open();
    const pair = await this.store.read();
    await this.store.remove();
    this.adopt(null, "signedOut");
    this.refresher.wake();
    if (pair === null) {
      return { sessionRevoked: false };
    }
    try {
      const { token } = this.isFresh(pair)
        ? pair
        : await this.calls.exchange(pair.refreshToken);
      await this.calls.signOut(token);
      return { sessionRevoked: true };
    } catch (error) {
      return { sessionRevoked: false, error };
    }
  };

  readonly fetchAccessToken = async ({
    forceRefreshToken = false,
  }: { forceRefreshToken?: boolean } = {}): Promise<string | null> => {
    await this.open();
    await this.readStorage();
    let { pair } = this;
    if (pair !== null && (forceRefreshToken || !this.isFresh(pair))) {
      pair = await this.refresher.refresh(this.handedToken ?? pair.token);
    }
    this.handedToken = pair?.token ?? null;
    return this.handedToken;
  };

  readonly attach = (convex?: ReactiveConvexClient): (() => void) => {
    const target = this.authTarget(convex);
    const authenticate = () =>
      target.setAuth(this.fetchForConvex, () => undefined);
    const onSession = () => {
      if (this.pair === null) {
        target.clearAuth();
      } else {
        authenticate();
      }
    };
    this.attachments.add(onSession);
    void this.open();
    authenticate();
    return () => {
      if (this.attachments.delete(onSession)) {
        target.clearAuth();
      }
    };
  };

  readonly isAttached = (): boolean => this.attachments.size > 0;

  readonly authTarget = (convex?: ReactiveConvexClient): ConvexAuthTarget =>
    this.handshake.target(this.connection(convex));

  readonly reportConfirmation = (sessionId: string): void => {
    if (this.pair?.sessionId === sessionId && !this.isConfirmed) {
      const { convex } = this.options;
      this.confirm(convex === undefined ? null : connectionOf(convex));
    }
  };

  readonly close = (): void => {
    this.attachments.clear();
    this.handshake.reset();
    this.refresher.stop();
    this.tabs.close();
    // What other tabs do from now on is not heard; it is read when reopened.
    this.loading = null;
  };

  /** Passed to Convex under one identity, whichever session it is. */
  private readonly fetchForConvex = (args: {
    forceRefreshToken: boolean;
  }): Promise<string | null> => this.fetchAccessToken(args);

  /** Reads storage and watches other tabs; once, until closed. */
  private open(): Promise<void> {
    if (this.loading === null) {
      this.tabs.open();
      this.loading = this.readStorage();
    }
    return this.loading;
  }

  private async readStorage(): Promise<void> {
    const pair = await this.store.read();
    const before = this.pair?.refreshToken;
    this.adopt(pair, before === undefined ? undefined : "signedOut");
    if (before !== pair?.refreshToken) {
      this.refresher.wake();
    }
  }

  private connection(convex?: ReactiveConvexClient): ConvexConnection {
    const client = convex ?? this.options.convex;
    if (client === undefined) {
      throw new Error("There is no Convex client to authenticate.");
    }
    return connectionOf(client);
  }

  /** Makes the pair the present one; of another session, everything restarts. */
  private adopt(pair: TokenPair | null, reason?: SignOutReason): void {
    const wasLoaded = this.isLoaded;
    const isSameSession = this.pair?.sessionId === pair?.sessionId;
    this.pair = pair;
    this.isLoaded = true;
    if (!isSameSession) {
      this.isConfirmed = false;
      this.isRejected = false;
      this.error = undefined;
      this.reason = pair === null ? reason : undefined;
    }
    this.publish();
    // What was stored when the page loaded needs no second `setAuth`: the one
    // made by `attach` waits for storage to be read.
    if (!isSameSession && wasLoaded) {
      this.handshake.reset();
      for (const onSession of [...this.attachments]) {
        onSession();
      }
    }
  }

  private confirm(connection: ConvexConnection | null): void {
    const { pair } = this;
    if (pair === null) {
      return;
    }
    this.isConfirmed = true;
    this.isRejected = false;
    this.error = undefined;
    this.publish();
    if (connection !== null) {
      this.revocation.start(connection, pair.sessionId);
    }
  }

  /** The tokens stay: a misconfigured deployment must not sign everybody out. */
  private reject(): void {
    this.revocation.stop();
    this.isConfirmed = false;
    this.isRejected = true;
    this.error = {
      code: "AUTH_HANDSHAKE_REJECTED",
      message:
        "The server does not accept the session's token. " +
        "Check the deployment's auth.config.ts.",
    };
    this.publish();
  }

  private async endRevoked(sessionId: string): Promise<void> {
    const remaining = await this.store.removeIf(
      (pair) => pair.sessionId === sessionId,
    );
    this.adopt(remaining, "revoked");
    this.refresher.wake();
  }

  private publish(): void {
    this.state.set({
      phase: this.phase(),
      sessionId: this.isRejected ? null : (this.pair?.sessionId ?? null),
      error: this.error,
      reason: this.reason,
    });
  }

  private phase(): AuthPhase {
    if (!this.isLoaded) {
      return "loading";
    }
    if (this.pair === null || this.isRejected) {
      return "unauthenticated";
    }
    return this.isConfirmed ? "authenticated" : "handshake";
  }

  private isFresh(pair: TokenPair): boolean {
    const { expiryLeewayMs = 10_000 } = this.options;
    return isUsable(pair, this.environment.now(), expiryLeewayMs);
  }

  /** The token that a call of the signed-in user carries. */
  private async tokenForCall(): Promise<string | null> {
    await this.readStorage();
    const { pair } = this;
    if (pair === null || this.isRejected) {
      return null;
    }
    const usable = this.isFresh(pair)
      ? pair
      : await this.refresher.refreshOnce(pair.token);
    return usable?.token ?? null;
  }
}
