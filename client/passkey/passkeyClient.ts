/** Passkeys in a browser. */

import type { SignInResult } from "../signInResult.js";
import { pickFromField } from "./autofill.js";
import {
  begin,
  isSupported,
  make,
  requireSupport,
  use,
  type PasskeyDependencies,
} from "./ceremony.js";
import { PasskeySignUp } from "./passkeySignUp.js";

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
   * @returns What came of it, with recovery codes where they come with it.
   * @throws PasskeyError when the browser has not made one; ConvexError as the
   *   server threw it.
   */
  readonly register: (options?: { name?: string }) => Promise<SignInResult>;
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
   * Proves a passkey as a second factor: with the `verifier` of `totpRequired`
   * to finish the sign-in, without one to prove again who is signed in. In a
   * session in which a second factor has to be set up (`mustEnroll`), it makes a
   * full session of it once a passkey was registered.
   *
   * @param options - `trustDevice`: not to be asked again in this browser.
   * @returns What came of it.
   * @throws PasskeyError when the browser has not used one; ConvexError as the
   *   server threw it.
   */
  readonly verify: (options?: {
    verifier?: string;
    trustDevice?: boolean;
  }) => Promise<SignInResult>;
  /**
   * Has the browser offer passkeys in the field with `autocomplete="username
   * webauthn"`, and signs in with the one that is picked, however long the page
   * is open. Another ceremony, or the signal, ends it.
   *
   * @param options - `signal`: what ends it, as when the page is left.
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
   * the same code for five minutes; after the server could not be reached, too,
   * and the browser then asks for nothing.
   *
   * @param options - The address, and the code from the e-mail.
   * @throws PasskeyError when the browser has not made one; `AuthNetworkError`
   *   when the deployment could not be reached; ConvexError as the server threw
   *   it: `INVALID_VERIFICATION_CODE` when it is too late, and another code is
   *   needed.
   */
  readonly finishSignUp: (options: {
    email: string;
    code: string;
  }) => Promise<SignInResult>;
}

/**
 * Makes the passkeys of a client.
 *
 * @param dependencies - What they work with.
 */
export function passkeyClient(
  dependencies: PasskeyDependencies,
): PasskeyClient {
  const { signIn, provider } = dependencies;
  const signUp = new PasskeySignUp(dependencies);
  /** Ends the autofill that waits: a browser runs one ceremony at a time. */
  let waiting: AbortController | null = null;

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
      const called = name === undefined ? {} : { name };
      // The server refuses a name before the browser makes what it is for.
      const { options, verifier } = await begin(
        ...([dependencies, "register-options", called] as const),
      );
      const response = await make(dependencies, options);
      const params = { flow: "register", response, ...called };
      return await signIn(provider, params, { verifier });
    },

    async signIn({ email } = {}) {
      waiting?.abort();
      const whose = email === undefined ? {} : { email };
      const begun = await begin(dependencies, "signIn-options", whose);
      const response = await use(dependencies, begun.options);
      const { verifier } = begun;
      // The server knows by the passkey whose it is; the address tells this
      // browser which of those who trust it signs in.
      const params = { flow: "signIn", response, ...whose };
      return await signIn(provider, params, { verifier });
    },

    async verify({ verifier: challenge, trustDevice } = {}) {
      waiting?.abort();
      const { options, verifier } = await begin(
        dependencies,
        "verify-options",
        challenge === undefined ? {} : { challenge },
      );
      const response = await use(dependencies, options);
      return await signIn(
        provider,
        { flow: "verify", response, challenge, trustDevice },
        { verifier },
      );
    },

    async autofill({ signal } = {}) {
      waiting?.abort();
      const own = new AbortController();
      const abort = () => own.abort();
      waiting = own;
      signal?.addEventListener("abort", abort);
      if (signal?.aborted === true) {
        abort();
      }
      try {
        const picked = await pickFromField(dependencies, own.signal);
        if (picked === null) {
          return null;
        }
        const { response, verifier } = picked;
        const params = { flow: "signIn", response };
        return await signIn(provider, params, { verifier });
      } finally {
        signal?.removeEventListener("abort", abort);
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

    async finishSignUp(address) {
      waiting?.abort();
      return await signUp.finish(address);
    },
  };
}
