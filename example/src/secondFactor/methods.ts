/** With what a person proves a second factor, in words. */

import type { SecondFactorMethod } from "convex-gatehouse/client";

/** What the button says with which a person turns to a method. */
export const METHOD_CHOICES: Readonly<Record<SecondFactorMethod, string>> = {
  totp: "Use your authenticator app",
  passkey: "Use a passkey",
  emailCode: "Get a code by e-mail",
  phoneCode: "Get a code by telephone",
  recoveryCode: "Use a recovery code",
};

/** The order in which methods are offered: the strongest and easiest first. */
const ORDER: readonly SecondFactorMethod[] = [
  ...(["totp", "passkey", "emailCode", "phoneCode", "recoveryCode"] as const),
];

/** The methods in the order in which they are offered. */
export function inOrder(
  methods: readonly string[],
): readonly SecondFactorMethod[] {
  return ORDER.filter((method) => methods.includes(method));
}
