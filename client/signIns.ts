/** Signing in: the call, and what is kept of its answer. */

import type { PendingVerifier } from "./pendingVerifier.js";
import type { SessionCalls } from "./sessionCalls.js";
import { toParamsRecord, type SignInParams } from "./signInParams.js";
import type { SignInResult } from "./signInResult.js";
import type { TokenPair } from "./tokenStore.js";
import type { TrustedDeviceToken } from "./trustedDevice.js";

/** What sign-ins work with and report to. */
export interface SignInsDependencies {
  /** Makes the calls. */
  calls: SessionCalls;
  /** Where the verifier of a code is kept. */
  verifier: PendingVerifier;
  /** Where the token of a trusted browser is kept. */
  device: TrustedDeviceToken;
  /** The signed-in user's access token, or `null`. */
  token: () => Promise<string | null>;
  /** Gets another token when the deployment rejects this one. */
  renew: (rejectedToken: string) => Promise<TokenPair | null>;
  /** There is a new session; resolves when it is stored and the present one. */
  onPair: (pair: TokenPair) => Promise<void>;
}

/** One call. */
export interface SignInCall {
  /** The provider's id. */
  provider: string;
  /** Its parameters. */
  params?: SignInParams | undefined;
  /** What an earlier result of the same sign-in carried. */
  verifier?: string | undefined;
  /** Whether the verifier of `started` is kept and sent by the client itself. */
  keepsVerifier: boolean;
}

/** What came of a call, with the verifier of `started`. */
export interface SignInStep {
  /** What the caller sees. */
  result: SignInResult;
  /** To be sent back with the code. */
  verifier: string | undefined;
}

/** Makes calls of `signIn`, and knows whether one is under way. */
export class SignIns {
  private readonly dependencies: SignInsDependencies;
  private readonly underWay = new Set<Promise<unknown>>();

  /** @param dependencies - What they work with and report to. */
  constructor(dependencies: SignInsDependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Whether a call is under way. It may replace the present session, whose end
   * is then heard of before the new one is.
   */
  get isUnderWay(): boolean {
    return this.underWay.size > 0;
  }

  /** Waits until no call is under way. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) {
      await Promise.allSettled([...this.underWay]);
    }
  }

  /**
   * Makes a call.
   *
   * @throws As `SessionCalls.signIn`; TypeError when a form contains a file.
   */
  async run(call: SignInCall): Promise<SignInStep> {
    const { provider, keepsVerifier } = call;
    const { device, verifier: pending, token } = this.dependencies;
    const trustedDevice = await device.read();
    const verifier =
      call.verifier ??
      (keepsVerifier ? await pending.read(provider) : undefined);
    const args = {
      provider,
      params: {
        ...(trustedDevice === undefined ? {} : { trustedDevice }),
        ...toParamsRecord(call.params),
      },
      ...(verifier === undefined ? {} : { verifier }),
    };
    const callToken = await token();
    // Counted before it begins.
    const step = Promise.resolve().then(() =>
      this.finish(call, args, callToken),
    );
    this.underWay.add(step);
    try {
      return await step;
    } finally {
      this.underWay.delete(step);
    }
  }

  private async finish(
    { provider, keepsVerifier }: SignInCall,
    args: Parameters<SessionCalls["signIn"]>[0],
    token: string | null,
  ): Promise<SignInStep> {
    const { calls, device, verifier, renew, onPair } = this.dependencies;
    const answer = await calls.signIn(args, token, renew);
    if (answer.trustedDevice !== undefined) {
      await device.keep(answer.trustedDevice);
    }
    if (answer.pendingVerifier !== undefined && keepsVerifier) {
      await verifier.keep(provider, answer.pendingVerifier);
    }
    if (answer.pair !== null) {
      await verifier.forget();
      await onPair(answer.pair);
    }
    return { result: answer.result, verifier: answer.pendingVerifier };
  }
}
