/** The calls that begin, prolong and end a session. */

import type { Value } from "convex/values";
import type { AuthApi } from "./authApi.js";
import { parseSignInAnswer, type SignInResult } from "./signInResult.js";
import type { SignOutResult } from "./signOutResult.js";
import { toTokenPair, type TokenPair } from "./tokenStore.js";
import { RejectedTokenError, type Transport } from "./transport.js";

/** What the calls are made with. */
interface SessionCallsDependencies {
  /** Reaches the deployment. */
  transport: Transport;
  /** The app's functions. */
  api: AuthApi;
  /** The local clock: milliseconds since the Unix epoch. */
  now: () => number;
  /** Milliseconds that a sign-in or sign-out may take. */
  callTimeoutMs: number;
  /** Milliseconds that an exchange of a refresh token may take. */
  refreshTimeoutMs: number;
}

/** Calls the app's functions and reads their answers. */
export class SessionCalls {
  private readonly dependencies: SessionCallsDependencies;

  /** @param dependencies - What the calls are made with. */
  constructor(dependencies: SessionCallsDependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Exchanges a refresh token for a new pair. Anonymous, since the access
   * token may have expired.
   *
   * @param refreshToken - The refresh token.
   * @throws As `Transport.action`; Error when the answer is unreadable.
   */
  async exchange(refreshToken: string): Promise<TokenPair> {
    const { transport, api, refreshTimeoutMs } = this.dependencies;
    const value = await transport.action(
      api.signIn,
      { refreshToken },
      { timeoutMs: refreshTimeoutMs },
    );
    return this.toPair(parseSignInAnswer(value).tokens);
  }

  /**
   * Calls `signIn`.
   *
   * @param args - Its arguments.
   * @param token - The signed-in user's access token, or `null`.
   * @param renew - Gets another token when the deployment rejects this one.
   * @returns The result for the caller, the new session's pair if there is a
   *   new session, the verifier to keep if a code was sent, and the token of
   *   the browser if it is trusted.
   * @throws As `Transport.action`; Error when the answer is unreadable.
   */
  async signIn(
    args: Record<string, Value>,
    token: string | null,
    renew: (rejectedToken: string) => Promise<TokenPair | null>,
  ): Promise<{
    result: SignInResult;
    pair: TokenPair | null;
    pendingVerifier: string | undefined;
    trustedDevice: string | undefined;
  }> {
    const value = await this.callSignIn(args, token, renew);
    const { result, tokens, ...kept } = parseSignInAnswer(value);
    const { pendingVerifier, trustedDevice } = kept;
    const pair = tokens === null ? null : this.toPair(tokens);
    return { result, pair, pendingVerifier, trustedDevice };
  }

  /**
   * Ends a session on the server.
   *
   * @param pair - The session's pair.
   * @param isFresh - Whether its access token can still be presented.
   * @returns Whether the server has ended it; never rejects.
   */
  async signOut(pair: TokenPair, isFresh: boolean): Promise<SignOutResult> {
    const { transport, api, callTimeoutMs: timeoutMs } = this.dependencies;
    try {
      const { token } = isFresh ? pair : await this.exchange(pair.refreshToken);
      await transport.action(api.signOut, {}, { token, timeoutMs });
      return { sessionRevoked: true };
    } catch (error) {
      return { sessionRevoked: false, error };
    }
  }

  /**
   * A rejected token means that the function did not run, so the call can be
   * made again. A token that is refused even when fresh must not keep anybody
   * from signing in, hence the last, anonymous try.
   */
  private async callSignIn(
    args: Record<string, Value>,
    token: string | null,
    renew: (rejectedToken: string) => Promise<TokenPair | null>,
  ): Promise<unknown> {
    const { transport, api, callTimeoutMs } = this.dependencies;
    const call = (callToken: string | null) =>
      transport.action(api.signIn, args, {
        token: callToken,
        timeoutMs: callTimeoutMs,
      });
    try {
      return await call(token);
    } catch (error) {
      if (!(error instanceof RejectedTokenError) || token === null) {
        throw error;
      }
    }
    const pair = await renew(token).catch(() => null);
    try {
      return await call(pair?.token ?? null);
    } catch (error) {
      if (!(error instanceof RejectedTokenError) || pair === null) {
        throw error;
      }
    }
    return await call(null);
  }

  private toPair(tokens: unknown): TokenPair {
    const pair = toTokenPair(tokens, this.dependencies.now());
    if (pair === null) {
      throw new Error("The signIn function returned unreadable tokens.");
    }
    return pair;
  }
}
