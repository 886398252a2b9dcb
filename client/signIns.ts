/** Signing in: the call, and what is kept of its answer. */

import { ConvexError } from "convex/values";
import type { OwedSecondFactors } from "./owedSecondFactors.js";
import type { PendingVerifier } from "./pendingVerifier.js";
import type { ReplacementNotice } from "./replacementNotice.js";
import type { SessionCalls } from "./sessionCalls.js";
import { toParamsRecord, type SignInParams } from "./signInParams.js";
import type { SignInResult } from "./signInResult.js";
import type { TokenPair } from "./tokenStore.js";
import { addressOf, type TrustedDevices } from "./trustedDevices.js";

/** What sign-ins work with and report to. */
export interface SignInsDependencies {
  /** Makes the calls. */
  calls: SessionCalls;
  /** Where the verifier of a code is kept. */
  verifier: PendingVerifier;
  /** Where the tokens of those are kept who trust this browser. */
  devices: TrustedDevices;
  /** What is remembered of sign-ins that wait for a second factor. */
  owed: OwedSecondFactors;
  /** Tells other tabs that the session may be replaced. */
  notice: ReplacementNotice;
  /** The pair of the signed-in user, with a usable token, or `null`. */
  present: () => Promise<TokenPair | null>;
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

/** A call that is ready to be made. */
interface PreparedCall extends SignInCall {
  args: Parameters<SessionCalls["signIn"]>[0];
  token: string | null;
  /** What was typed to say who signs in, now or when the sign-in began. */
  address: string | undefined;
  /** How often somebody had signed out here before. */
  signOuts: number;
}

/** Makes calls of `signIn`, and knows whether one is under way. */
export class SignIns {
  private readonly dependencies: SignInsDependencies;
  private readonly underWay = new Set<Promise<unknown>>();
  /** How many calls under way other tabs are told of. */
  private noticed = 0;
  private signOuts = 0;

  /** @param dependencies - What they work with and report to. */
  constructor(dependencies: SignInsDependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Whether a call is under way that may replace the present session, here or in
   * another tab. The end of the session is then heard of before the new one is.
   */
  async mayReplace(): Promise<boolean> {
    return (
      this.underWay.size > 0 || (await this.dependencies.notice.isUnderWay())
    );
  }

  /**
   * Waits until no call may replace the present session.
   *
   * @param isOver - Whether the session has been replaced by now.
   */
  async settled(isOver: () => boolean): Promise<void> {
    while (this.underWay.size > 0) {
      await Promise.allSettled([...this.underWay]);
    }
    await this.dependencies.notice.settled(isOver);
  }

  /** Somebody signs out: what calls under way bring, in any tab, is not kept. */
  async signOut(): Promise<void> {
    this.signOuts += 1;
    await this.dependencies.notice.signOut();
  }

  /**
   * Makes a call.
   *
   * @throws As `SessionCalls.signIn`; TypeError when a form contains a file;
   *   ConvexError `NOT_SIGNED_IN` when somebody has signed out meanwhile.
   */
  async run(call: SignInCall): Promise<SignInStep> {
    const prepared = await this.prepare(call);
    // Counted before it begins.
    const step = Promise.resolve().then(() => this.makeKnown(prepared));
    this.underWay.add(step);
    try {
      return await step;
    } finally {
      this.underWay.delete(step);
    }
  }

  private async prepare(call: SignInCall): Promise<PreparedCall> {
    const { provider, keepsVerifier } = call;
    const { devices, owed, verifier: pending, present } = this.dependencies;
    const { signOuts } = this;
    const params = toParamsRecord(call.params);
    const verifier =
      call.verifier ??
      (keepsVerifier ? await pending.read(provider) : undefined);
    // A passkey names the sign-in by `challenge`; its verifier is another.
    const waiting = owed.find(params.challenge ?? verifier);
    const address = addressOf(params) ?? waiting?.address;
    const pair = await present();
    const trustedDevice = await devices.tokenFor(address, pair?.userId);
    const args = {
      provider,
      params: {
        ...(trustedDevice === undefined ? {} : { trustedDevice }),
        ...params,
      },
      ...(verifier === undefined ? {} : { verifier }),
    };
    return { ...call, args, token: pair?.token ?? null, address, signOuts };
  }

  /** Other tabs know of a call that may replace the session while it lasts. */
  private async makeKnown(call: PreparedCall): Promise<SignInStep> {
    const { notice } = this.dependencies;
    if (call.token === null) {
      return await this.finish(call);
    }
    this.noticed += 1;
    try {
      await notice.begin();
      return await this.finish(call);
    } finally {
      this.noticed -= 1;
      if (this.noticed === 0) {
        await notice.end();
      }
    }
  }

  private async finish(call: PreparedCall): Promise<SignInStep> {
    const { calls, devices, owed, verifier, renew } = this.dependencies;
    const { provider, keepsVerifier, args, token, address } = call;
    const { pair, ...answer } = await calls.signIn(args, token, renew);
    const { result, trustedDevice, pendingVerifier } = answer;
    if (result.kind === "totpRequired") {
      owed.remember(result.verifier, { address, methods: result.methods });
    }
    if (trustedDevice !== undefined && pair !== null) {
      await devices.keep(pair.userId, trustedDevice, address);
    }
    if (pendingVerifier !== undefined && keepsVerifier) {
      await verifier.keep(provider, pendingVerifier);
    }
    if (pair !== null) {
      await this.keepPair(call, pair);
    }
    return { result, verifier: pendingVerifier };
  }

  /** Who has signed out meanwhile is not signed in by an answer that was late. */
  private async keepPair(call: PreparedCall, pair: TokenPair): Promise<void> {
    const { calls, notice, onPair, verifier } = this.dependencies;
    await verifier.forget();
    const isSignedOut = call.token !== null && (await notice.isSignedOut());
    if (isSignedOut || this.signOuts !== call.signOuts) {
      await calls.signOut(pair, true);
      throw new ConvexError({
        code: "NOT_SIGNED_IN",
        message: "you have signed out before this sign-in was finished",
      });
    }
    await onPair(pair);
  }
}
