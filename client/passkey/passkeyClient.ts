/** Passkeys in a browser. */

import type { AuthClient } from "../authClient.js";
import type { SignInResult } from "../signInResult.js";
import {
  assertionJson,
  creationOptionsOf,
  registrationJson,
  requestOptionsOf,
} from "./credentialJson.js";
import { PasskeyError, passkeyErrorOf } from "./passkeyError.js";

/** Passkeys of the signed-in user, signing in with them, and signing up. */
export interface PasskeyClient {
  /** Whether the browser has passkeys. */
  readonly isSupported: () => boolean;
  /** Whether the browser offers passkeys in a form's fields. */
  readonly isAutofillSupported: () => Promise<boolean>;
  /**
   * Adds a passkey to the signed-in user.
   *
   * @param options - `name`: what to call it; by default the name of the
   *   software or device that keeps it.
   * @throws PasskeyError when the browser has not made one; ConvexError as the
   *   server threw it.
   */
  readonly register: (options?: { name?: string }) => Promise<void>;
  /**
   * Signs in with a passkey.
   *
   * @param options - `email`: whose it is; by default the browser offers those
   *   that it finds.
   * @throws PasskeyError when the browser has not used one; ConvexError as the
   *   server threw it.
   */
  readonly signIn: (options?: { email?: string }) => Promise<SignInResult>;
  /**
   * Proves a passkey as a second factor: with the `verifier` of `totpRequired`,
   * or to prove again who is signed in.
   */
  readonly verify: (options?: {
    verifier?: string;
    trustDevice?: boolean;
  }) => Promise<SignInResult>;
  /**
   * Has the browser offer passkeys in the field with `autocomplete="username
   * webauthn"`, and signs in with the one that is picked. Another ceremony, or
   * the signal, ends it.
   *
   * @returns What came of it; `null` when it was ended.
   * @throws As `signIn`.
   */
  readonly autofill: (options?: {
    signal?: AbortSignal;
  }) => Promise<SignInResult | null>;
  /**
   * Signs up without a password: sends a code to the address. One that has an
   * account gets an e-mail that says so, and the answer is the same.
   *
   * @param options - `email`: the address; `name`: the person's name.
   * @throws PasskeyError when the browser has no passkeys; ConvexError as the
   *   server threw it.
   */
  readonly signUp: (options: { email: string; name?: string }) => Promise<void>;
  /**
   * Makes the passkey of somebody who has got a code, creates the user, and
   * signs in. After the browser's dialog was closed, it can be called again with
   * the same code for five minutes.
   *
   * @param options - The address, and the code from the e-mail.
   * @throws PasskeyError when the browser has not made one; ConvexError as the
   *   server threw it.
   */
  readonly finishSignUp: (options: {
    email: string;
    code: string;
  }) => Promise<SignInResult>;
}

/** What a ceremony begins with. */
type Begun = { options: unknown; verifier: string };

/** How long a browser waits when the options do not say, in milliseconds. */
const DEFAULT_TIMEOUT_MS = 300_000;

/**
 * Makes the passkeys of a client.
 *
 * @param signIn - The client's `signIn`.
 * @param provider - The provider's id.
 */
export function passkeyClient(
  signIn: AuthClient["signIn"],
  provider = "passkey",
): PasskeyClient {
  /** Ends the autofill that waits: a browser runs one ceremony at a time. */
  let waiting: AbortController | null = null;
  /**
   * The sign-up whose code is used up and whose passkey is not made yet. Its
   * challenge is good until it is answered.
   */
  let proved: { email: string; code: string; begun: Begun } | null = null;

  async function begin(
    flow: string,
    params: { email?: string; code?: string; challenge?: string } = {},
  ): Promise<Begun> {
    requireSupport();
    const begun = await signIn(provider, { flow, ...params });
    if (begun.kind !== "passkeyOptions") {
      throw new Error(`The provider "${provider}" has no passkeys.`);
    }
    return begun;
  }

  async function assert(
    { options, verifier }: Begun,
    request: Pick<CredentialRequestOptions, "mediation" | "signal">,
  ): Promise<SignInResult> {
    const credential = await ceremony(options, () =>
      navigator.credentials.get({
        ...request,
        publicKey: requestOptionsOf(options),
      }),
    );
    const response = assertionJson(credential);
    return await signIn(provider, { flow: "signIn", response }, { verifier });
  }

  return {
    isSupported,

    async isAutofillSupported() {
      return (
        isSupported() &&
        (await PublicKeyCredential.isConditionalMediationAvailable?.()) === true
      );
    },

    async register({ name } = {}) {
      waiting?.abort();
      const { options, verifier } = await begin("register-options");
      const response = await create(options);
      const params = name === undefined ? { response } : { response, name };
      await signIn(provider, { flow: "register", ...params }, { verifier });
    },

    async signIn({ email } = {}) {
      waiting?.abort();
      const begun = await begin(
        "signIn-options",
        email === undefined ? {} : { email },
      );
      return await assert(begun, {});
    },

    async verify({ verifier: challenge, trustDevice } = {}) {
      waiting?.abort();
      const { options, verifier } = await begin(
        "verify-options",
        challenge === undefined ? {} : { challenge },
      );
      const credential = await ceremony(options, () =>
        navigator.credentials.get({ publicKey: requestOptionsOf(options) }),
      );
      const response = assertionJson(credential);
      return await signIn(
        provider,
        { flow: "verify", response, challenge, trustDevice },
        { verifier },
      );
    },

    async autofill({ signal } = {}) {
      waiting?.abort();
      const own = new AbortController();
      waiting = own;
      signal?.addEventListener("abort", () => own.abort());
      try {
        const begun = await begin("signIn-options");
        return await assert(begun, {
          ...{ mediation: "conditional", signal: own.signal },
        });
      } catch (error) {
        if (own.signal.aborted) {
          return null;
        }
        throw error;
      } finally {
        if (waiting === own) {
          waiting = null;
        }
      }
    },

    async signUp({ email, name }) {
      requireSupport();
      const params = name === undefined ? { email } : { email, name };
      await signIn(provider, { flow: "signUp", ...params });
    },

    async finishSignUp({ email, code }) {
      waiting?.abort();
      if (proved?.email !== email || proved.code !== code) {
        const begun = await begin("signUp-options", { email, code });
        proved = { email, code, begun };
      }
      const { options, verifier } = proved.begun;
      const response = await create(options);
      proved = null;
      const params = { flow: "signUp-finish", response };
      return await signIn(provider, params, { verifier });
    },
  };
}

/** Has the browser make a passkey. */
async function create(options: unknown) {
  const credential = await ceremony(options, () =>
    navigator.credentials.create({ publicKey: creationOptionsOf(options) }),
  );
  return registrationJson(credential);
}

function requireSupport(): void {
  if (!isSupported()) {
    throw new PasskeyError("PASSKEY_NOT_SUPPORTED");
  }
}

function isSupported(): boolean {
  return typeof PublicKeyCredential === "function";
}

/** Runs a ceremony of the browser, and says in our words why it failed. */
async function ceremony(
  options: unknown,
  run: () => Promise<Credential | null>,
): Promise<PublicKeyCredential> {
  const { timeout = DEFAULT_TIMEOUT_MS } = options as { timeout?: number };
  const begun = performance.now();
  const credential = await run().catch((error: unknown) => {
    throw passkeyErrorOf(error, performance.now() - begun, timeout);
  });
  if (credential === null) {
    throw new PasskeyError("PASSKEY_CANCELLED");
  }
  return credential as PublicKeyCredential;
}
