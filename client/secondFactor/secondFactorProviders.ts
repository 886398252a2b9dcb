/** Which provider of the app has which second factor. */

import type { SecondFactorMethod } from "../signInResult.js";

/**
 * The ids of the providers, where the app gives them others. Without an id, a
 * provider is called as its method.
 */
export interface SecondFactorProviders {
  /** The provider `totp`. */
  totp?: string;
  /** The provider `emailCode`. */
  emailCode?: string;
  /** The provider `phoneCode`. */
  phoneCode?: string;
  /** The provider `passkey`, for signing in with passkeys, too. */
  passkey?: string;
  /**
   * The provider that takes and makes recovery codes. All of the others can. By
   * default it is that of a method that the sign-in could go on with, else the
   * first that is named here, else `totp`: an app that has no authenticator apps
   * names one here or above.
   */
  recoveryCode?: string;
}

/** What has a provider of its own: recovery codes come with any. */
type MethodWithProvider = Exclude<SecondFactorMethod, "recoveryCode">;

/** In the order in which one is chosen for recovery codes. */
const METHODS: readonly MethodWithProvider[] = [
  ...(["totp", "emailCode", "phoneCode", "passkey"] as const),
];

/**
 * The id of the provider of a method.
 *
 * @param method - The method.
 * @param providers - The ids that the app has named.
 */
export function providerOf(
  method: MethodWithProvider,
  providers: SecondFactorProviders,
): string {
  return providers[method] ?? method;
}

/**
 * The id of a provider that has recovery codes.
 *
 * @param providers - The ids that the app has named.
 * @param methods - What the second factor can be, where it is known.
 */
export function recoveryProvider(
  providers: SecondFactorProviders,
  methods: readonly SecondFactorMethod[] = [],
): string {
  const method =
    METHODS.find((candidate) => methods.includes(candidate)) ??
    METHODS.find((candidate) => providers[candidate] !== undefined) ??
    "totp";
  return providers.recoveryCode ?? providerOf(method, providers);
}
