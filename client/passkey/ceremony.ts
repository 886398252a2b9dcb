/** What a browser does with passkeys, begun by a call of the server. */

import type { Environment } from "../environment.js";
import type { SignIn } from "../signIn.js";
import {
  assertionJson,
  creationOptionsOf,
  registrationJson,
  requestOptionsOf,
} from "./credentialJson.js";
import { PasskeyError, passkeyErrorOf } from "./passkeyError.js";

/** What passkeys work with. */
export interface PasskeyDependencies {
  /** The client's `signIn`. */
  signIn: SignIn;
  /** The id of the provider `passkey`. */
  provider: string;
  /** Supplies the clock and the timers. */
  environment: Pick<Environment, "now" | "timers">;
}

/** What a ceremony begins with. */
export interface Begun {
  /** What `navigator.credentials` is called with, in its JSON form. */
  options: unknown;
  /** What the answer is sent back with. */
  verifier: string;
}

/** How long a browser waits when the options do not say, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * Has the server begin a ceremony.
 *
 * @param dependencies - What it works with.
 * @param flow - The flow of the provider.
 * @param params - Further parameters of the flow.
 * @throws PasskeyError when the browser has no passkeys; ConvexError as the
 *   server threw it; Error when the provider is another one.
 */
export async function begin(
  { signIn, provider }: PasskeyDependencies,
  flow: string,
  params: {
    email?: string;
    code?: string;
    challenge?: string;
    name?: string;
  } = {},
): Promise<Begun> {
  requireSupport();
  const begun = await signIn(provider, { flow, ...params });
  if (begun.kind !== "passkeyOptions") {
    throw new Error(`The provider "${provider}" has no passkeys.`);
  }
  return begun;
}

/**
 * Has the browser make a passkey.
 *
 * @param dependencies - What it works with.
 * @param options - As the server has sent them.
 * @returns The passkey, as the server takes it.
 * @throws PasskeyError when the browser has not made one.
 */
export async function make(
  dependencies: PasskeyDependencies,
  options: unknown,
) {
  const publicKey = creationOptionsOf(options);
  const credential = await ceremony(dependencies, options, () =>
    navigator.credentials.create({ publicKey }),
  );
  return registrationJson(credential);
}

/**
 * Has the browser sign with a passkey.
 *
 * @param dependencies - What it works with.
 * @param options - As the server has sent them.
 * @param request - Whether it is offered in a field, and what ends it.
 * @returns What was signed, as the server takes it.
 * @throws PasskeyError when the browser has not used one.
 */
export async function use(
  dependencies: PasskeyDependencies,
  options: unknown,
  request: Pick<CredentialRequestOptions, "mediation" | "signal"> = {},
) {
  const publicKey = requestOptionsOf(options);
  const credential = await ceremony(dependencies, options, () =>
    navigator.credentials.get({ ...request, publicKey }),
  );
  return assertionJson(credential);
}

/**
 * For how many milliseconds the challenge of a ceremony is good.
 *
 * @param options - As the server has sent them.
 */
export function timeoutOf(options: unknown): number {
  const { timeout = DEFAULT_TIMEOUT_MS } = options as { timeout?: number };
  return timeout;
}

/** @throws PasskeyError `PASSKEY_NOT_SUPPORTED`. */
export function requireSupport(): void {
  if (!isSupported()) {
    throw new PasskeyError("PASSKEY_NOT_SUPPORTED");
  }
}

/** Whether the browser has passkeys. */
export function isSupported(): boolean {
  return typeof PublicKeyCredential === "function";
}

/** Runs a ceremony of the browser, and says in our words why it failed. */
async function ceremony(
  { environment: { now } }: PasskeyDependencies,
  options: unknown,
  run: () => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
  const begun = now();
  const credential = await run().catch((error: unknown) => {
    throw passkeyErrorOf(error, now() - begun, timeoutOf(options));
  });
  if (credential === null) {
    throw new PasskeyError("PASSKEY_CANCELLED");
  }
  return credential as PublicKeyCredential;
}
