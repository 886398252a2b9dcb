/** Second factors in a browser: setting them up and proving them. */

import type { OwedSecondFactors } from "../owedSecondFactors.js";
import type { SignInCall, SignInStep } from "../signIns.js";
import type { SignInResult, TotpSetup } from "../signInResult.js";
import {
  providerOf,
  recoveryProvider,
  type SecondFactorProviders,
} from "./secondFactorProviders.js";

/** Authenticator apps. */
export interface TotpClient {
  /**
   * Begins to set an authenticator app up. It counts once its first code was
   * verified.
   *
   * @param options - `name`: what to call it.
   * @returns What the app is set up with; it is shown this once.
   * @throws ConvexError as the server threw it.
   */
  readonly enroll: (options?: { name?: string }) => Promise<TotpSetup>;
  /**
   * Sends a code. With `totpId` it is the first code of an app that is being set
   * up; with the `verifier` of `totpRequired` it finishes the sign-in; with
   * neither it proves again who is signed in.
   *
   * @param options - `trustDevice`: not to be asked again in this browser.
   * @returns What came of it, with the recovery codes if it is the first factor.
   * @throws ConvexError as the server threw it.
   */
  readonly verify: (options: {
    code: string;
    totpId?: string;
    verifier?: string;
    trustDevice?: boolean;
  }) => Promise<SignInResult>;
}

/** How a code is sent. */
export type CodeFactorMethod = "emailCode" | "phoneCode";

/** Recovery codes, and codes that are sent. */
export interface SecondFactorClient {
  /**
   * Sends a recovery code, in the place of any second factor: with the
   * `verifier` of `totpRequired`, or to prove again who is signed in.
   *
   * @throws ConvexError as the server threw it.
   */
  readonly recover: (options: {
    code: string;
    verifier?: string;
  }) => Promise<SignInResult>;
  /**
   * Makes new recovery codes of the signed-in user; the old ones end.
   *
   * @returns The codes, this once.
   * @throws ConvexError as the server threw it.
   */
  readonly recoveryCodes: () => Promise<string[]>;
  /**
   * Has a code sent to an address or number that is to become a factor.
   *
   * @param options - `to`: by default the user's own.
   * @returns The verifier for `confirmCode`.
   * @throws ConvexError as the server threw it.
   */
  readonly enrollCode: (options: {
    method: CodeFactorMethod;
    to?: string;
  }) => Promise<{ verifier: string }>;
  /**
   * Sends back the code of `enrollCode`.
   *
   * @returns What came of it, with the recovery codes if it is the first factor.
   * @throws ConvexError as the server threw it.
   */
  readonly confirmCode: (options: {
    method: CodeFactorMethod;
    verifier: string;
    code: string;
  }) => Promise<SignInResult>;
  /**
   * Has a code sent: with the `verifier` of `totpRequired` for the sign-in,
   * without one to prove again who is signed in.
   *
   * @returns The verifier for `verifyCode`.
   * @throws ConvexError as the server threw it.
   */
  readonly sendCode: (options: {
    method: CodeFactorMethod;
    verifier?: string;
  }) => Promise<{ verifier: string }>;
  /**
   * Sends back the code of `sendCode`.
   *
   * @param options - `trustDevice`: not to be asked again in this browser.
   * @throws ConvexError as the server threw it.
   */
  readonly verifyCode: (options: {
    method: CodeFactorMethod;
    verifier: string;
    code: string;
    trustDevice?: boolean;
  }) => Promise<SignInResult>;
}

/** Makes one call of `signIn`. */
type Run = (call: Omit<SignInCall, "keepsVerifier">) => Promise<SignInStep>;

/**
 * Makes the authenticator apps of a client.
 *
 * @param run - Calls `signIn`, without keeping verifiers.
 * @param providers - The providers' ids.
 */
export function totpClient(
  run: Run,
  providers: SecondFactorProviders,
): TotpClient {
  const provider = providerOf("totp", providers);
  return {
    async enroll({ name } = {}) {
      const { result } = await run({
        provider,
        params: { flow: "setup", name },
      });
      if (result.kind !== "totpSetup") {
        throw unexpected(provider);
      }
      return result.totpSetup;
    },

    async verify({ code, totpId, verifier, trustDevice }) {
      const params =
        totpId === undefined
          ? { flow: "verify", code, trustDevice }
          : { flow: "confirm", code, totpId };
      return (await run({ provider, params, verifier })).result;
    },
  };
}

/**
 * Makes the other second factors of a client.
 *
 * @param run - Calls `signIn`, without keeping verifiers.
 * @param providers - The providers' ids.
 * @param owed - What is remembered of sign-ins that wait.
 */
export function secondFactorClient(
  run: Run,
  providers: SecondFactorProviders,
  owed: OwedSecondFactors,
): SecondFactorClient {
  const idOf = (method: CodeFactorMethod) => providerOf(method, providers);
  const sent = async (call: Parameters<Run>[0]) => {
    const { verifier } = await run(call);
    if (verifier === undefined) {
      throw unexpected(call.provider);
    }
    return { verifier };
  };
  return {
    async recover({ code, verifier }) {
      const params = { flow: "recover", code };
      const methods = owed.find(verifier)?.methods;
      const provider = recoveryProvider(providers, methods);
      return (await run({ provider, params, verifier })).result;
    },

    async recoveryCodes() {
      const provider = recoveryProvider(providers);
      const params = { flow: "recovery-codes" };
      const { result } = await run({ provider, params });
      if (result.kind !== "recoveryCodes") {
        throw unexpected(provider);
      }
      return result.recoveryCodes;
    },

    async enrollCode({ method, to }) {
      const params = { flow: "setup", to };
      return await sent({ provider: idOf(method), params });
    },

    async confirmCode({ method, verifier, code }) {
      const params = { flow: "confirm", code };
      return (await run({ provider: idOf(method), params, verifier })).result;
    },

    async sendCode({ method, verifier }) {
      const params = { flow: "send" };
      return await sent({ provider: idOf(method), params, verifier });
    },

    async verifyCode({ method, verifier, code, trustDevice }) {
      const params = { flow: "verify", code, trustDevice };
      return (await run({ provider: idOf(method), params, verifier })).result;
    },
  };
}

function unexpected(provider: string): Error {
  return new Error(`The provider "${provider}" is no second factor.`);
}
