/** Who is signed in, and how that changes. */

import { Attachments } from "./attachments.js";
import type { AuthClient } from "./authClient.js";
import type { AuthClientOptions } from "./authClientOptions.js";
import {
  AuthStateStore,
  LOADING_STATE,
  phaseOf,
  type AuthState,
  type AuthStateError,
  type SignOutReason,
} from "./authState.js";
import { clientParts } from "./clientParts.js";
import {
  connectionOf,
  type ConvexConnection,
  type ReactiveConvexClient,
} from "./convexConnection.js";
import type { Environment } from "./environment.js";
import { factorClients } from "./factorClients.js";
import { Handshake, type ConvexAuthTarget } from "./handshake.js";
import { Reauthentication } from "./reauthentication.js";
import { Refresher } from "./refresher.js";
import { RefreshLock } from "./refreshLock.js";
import { RevocationWatch } from "./revocation.js";
import type { SessionCalls } from "./sessionCalls.js";
import {
  HANDSHAKE_REJECTED,
  HANDSHAKE_TIMEOUT,
  toStateError,
} from "./stateError.js";
import type { SignInOptions } from "./signIn.js";
import type { SignInParams } from "./signInParams.js";
import type { SignInResult } from "./signInResult.js";
import { SignIns, type SignInCall, type SignInStep } from "./signIns.js";
import type { SignOutResult } from "./signOutResult.js";
import { Tabs } from "./tabs.js";
import {
  isSamePerson,
  isUsable,
  TokenStore,
  type TokenPair,
} from "./tokenStore.js";

/** Milliseconds until a handshake counts as late. */
const HANDSHAKE_TIMEOUT_MS = 15_000;

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
  private readonly signIns: SignIns;
  private readonly reauthentication = new Reauthentication();
  private readonly tabs: Tabs;
  private readonly refresher: Refresher;
  private readonly handshake: Handshake;
  private readonly revocation: RevocationWatch;
  private readonly state = new AuthStateStore();
  private readonly attachments = new Attachments();

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
    const parts = clientParts(options);
    const { environment, calls, storage, namespace, refreshTimeoutMs } = parts;
    this.environment = environment;
    this.calls = calls;
    this.signIns = new SignIns({
      ...parts.signIns,
      present: () => this.pairForCall(),
      renew: (rejectedToken) => this.refresher.refreshOnce(rejectedToken),
      onPair: async (pair) => {
        await this.store.write(pair);
        this.adopt(pair);
      },
    });
    this.store = new TokenStore(storage, namespace, () => this.tabs.announce());
    this.tabs = new Tabs(
      environment,
      this.store.storageKey,
      options.storage !== undefined,
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
      onEnded: (reason) => this.endUnlessReplaced(reason),
      onFailure: (error) => this.publish(toStateError(error)),
    });
    this.handshake = new Handshake(
      {
        sessionId: () => this.pair?.sessionId ?? null,
        forceRefresh: () => this.fetchAccessToken({ forceRefreshToken: true }),
        onConfirmed: (connection) => this.confirm(connection),
        onRejected: () => this.reject(),
        onTimeout: () => this.publish(HANDSHAKE_TIMEOUT),
        onReset: () => {
          this.revocation.stop();
          this.isConfirmed = false;
          this.publish();
        },
      },
      environment.timers,
      options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
    );
    const run = (call: SignInCall) => this.runSignIn(call);
    const { owed } = parts.signIns;
    const factors = factorClients({
      ...{ options, environment, signIn: this.signIn, run, owed },
    });
    this.passkey = factors.passkey;
    this.totp = factors.totp;
    this.secondFactor = factors.secondFactor;
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
    const call = { provider, params, ...options, keepsVerifier: true };
    return (await this.runSignIn(call)).result;
  };

  readonly passkey: AuthClient["passkey"];
  readonly totp: AuthClient["totp"];
  readonly secondFactor: AuthClient["secondFactor"];

  readonly signOut = async (): Promise<SignOutResult> => {
    await Promise.all([this.signIns.signOut(), this.open()]);
    const pair = await this.store.read();
    await this.store.remove();
    this.adopt(null, "signedOut");
    this.refresher.wake();
    return pair === null
      ? { sessionRevoked: false }
      : await this.calls.signOut(pair, this.isFresh(pair));
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
    void this.open();
    return this.attachments.add(
      ...([target, this.fetchForConvex, () => this.pair !== null] as const),
    );
  };

  readonly isAttached = (): boolean => !this.attachments.isEmpty;

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

  /** Makes a call, and waits until the same person's new session counts. */
  private async runSignIn(call: SignInCall): Promise<SignInStep> {
    await this.open();
    const step = await this.signIns.run(call);
    await this.reauthentication.settled(
      this.environment.timers,
      this.options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
    );
    return step;
  }

  private async readStorage(
    reason: SignOutReason = "signedOut",
  ): Promise<void> {
    const pair = await this.store.read();
    const before = this.pair?.refreshToken;
    if (pair === null && before !== undefined) {
      await this.endUnlessReplaced(reason);
    } else {
      this.adopt(pair, before === undefined ? undefined : reason);
    }
    if (before !== pair?.refreshToken) {
      this.refresher.wake();
    }
  }

  /**
   * The present session has ended. If a sign-in is under way, that may be
   * because it is being replaced: the person must not be shown out meanwhile.
   *
   * @returns When it is known whether one is under way, which goes on.
   */
  private async endUnlessReplaced(reason: SignOutReason): Promise<void> {
    const ended = this.pair;
    const isOver = () => this.pair !== ended;
    if (await this.signIns.mayReplace()) {
      void this.signIns.settled(isOver).then(() => this.readStorage(reason));
    } else if (!isOver()) {
      this.adopt(null, reason);
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
    const before = this.pair;
    const isSameSession = before?.sessionId === pair?.sessionId;
    this.pair = pair;
    this.isLoaded = true;
    if (!isSameSession) {
      this.reauthentication.begin(
        (this.isConfirmed || this.reauthentication.isPending) &&
          isSamePerson(before, pair),
      );
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
      this.attachments.restart();
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
    this.reauthentication.end();
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
    this.reauthentication.end();
    this.error = HANDSHAKE_REJECTED;
    this.publish();
  }

  private async endRevoked(sessionId: string): Promise<void> {
    await this.signIns.settled(() => this.pair?.sessionId !== sessionId);
    const remaining = await this.store.removeIf(
      (pair) => pair.sessionId === sessionId,
    );
    this.adopt(remaining, "revoked");
    this.refresher.wake();
  }

  private publish(error = this.error): void {
    this.error = error;
    this.state.set({
      phase: phaseOf({
        isLoaded: this.isLoaded,
        isSignedIn: this.pair !== null && !this.isRejected,
        isConfirmed: this.isConfirmed || this.reauthentication.isPending,
      }),
      sessionId: this.isRejected ? null : (this.pair?.sessionId ?? null),
      mustEnroll: !this.isRejected && this.pair?.isRestricted === true,
      error: this.error,
      reason: this.reason,
    });
  }

  private isFresh(pair: TokenPair): boolean {
    const { expiryLeewayMs = 10_000 } = this.options;
    return isUsable(pair, this.environment.now(), expiryLeewayMs);
  }

  /** The pair whose token a call of the signed-in user carries. */
  private async pairForCall(): Promise<TokenPair | null> {
    await this.readStorage();
    const { pair } = this;
    if (pair === null || this.isRejected) {
      return null;
    }
    return this.isFresh(pair)
      ? pair
      : await this.refresher.refreshOnce(pair.token);
  }
}
