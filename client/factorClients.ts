/** The parts of a client that prove factors: passkeys, apps, codes. */

import type { AuthClient } from "./authClient.js";
import type { AuthClientOptions } from "./authClientOptions.js";
import type { Environment } from "./environment.js";
import type { OwedSecondFactors } from "./owedSecondFactors.js";
import { passkeyClient } from "./passkey/passkeyClient.js";
import {
  secondFactorClient,
  totpClient,
} from "./secondFactor/secondFactorClient.js";
import { providerOf } from "./secondFactor/secondFactorProviders.js";
import type { SignIn } from "./signIn.js";
import type { SignInCall, SignInStep } from "./signIns.js";

/** What they work with. */
interface FactorDependencies {
  /** The client's. */
  options: AuthClientOptions;
  /** Supplies the clock and the timers. */
  environment: Environment;
  /** The client's `signIn`. */
  signIn: SignIn;
  /** Makes a call. */
  run: (call: SignInCall) => Promise<SignInStep>;
  /** What is remembered of sign-ins that wait for a second factor. */
  owed: OwedSecondFactors;
}

/**
 * Makes them.
 *
 * @param dependencies - What they work with.
 */
export function factorClients({
  options: { passkeyProvider, secondFactorProviders = {} },
  environment,
  signIn,
  run,
  owed,
}: FactorDependencies): Pick<AuthClient, "passkey" | "totp" | "secondFactor"> {
  const providers =
    passkeyProvider === undefined
      ? secondFactorProviders
      : { passkey: passkeyProvider, ...secondFactorProviders };
  // Their verifiers are handed to the caller, and not kept.
  const runOnce = (call: Omit<SignInCall, "keepsVerifier">) =>
    run({ ...call, keepsVerifier: false });
  const provider = providerOf("passkey", providers);
  return {
    passkey: passkeyClient({ signIn, provider, environment }),
    totp: totpClient(runOnce, providers),
    secondFactor: secondFactorClient(runOnce, providers, owed),
  };
}
