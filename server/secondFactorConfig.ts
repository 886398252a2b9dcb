/** What a second factor can be proved with. */
export type SecondFactorMethod =
  "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode";

/** Settings of second factors. */
export type SecondFactorConfig = {
  /**
   * Who needs a second factor. `"optional"`, the default: who has set one up.
   * `"required"`: everybody; who has none gets a session in which only a factor
   * can be set up. `"off"`: nobody, those who have set one up included.
   */
  policy?: "off" | "optional" | "required";
  /**
   * For how many days a browser is not asked again that a person trusts: 30, up
   * to 365. With 0, no browser is trusted, those of earlier included.
   */
  trustedDeviceDays?: number;
};

/**
 * For what a person has to prove again who they are. All are `true`. Adding a
 * factor asks for it always.
 */
export type StepUpOperations = {
  /**
   * Removing a second factor or a passkey. With `false`, a session in which a
   * second factor was proved at any time does, if there is one.
   */
  removeFactor?: boolean;
  /** Making new recovery codes. With `false`, the same. */
  recoveryCodes?: boolean;
  /** Deleting the own account. */
  removeUser?: boolean;
  /** Making an API key. */
  createKey?: boolean;
};

/**
 * Settings of step-up (RFC 9470): proving again who one is, before something
 * that a thief of the session must not do.
 */
export type StepUpConfig = {
  /** How many seconds old a proof may be: 300. */
  maxAge?: number;
  /** For what it is asked by default, where a person acts themself. */
  operations?: StepUpOperations;
};

/** The settings of second factors, as the component takes them. */
export function secondFactorArguments({
  secondFactor = {},
}: {
  secondFactor?: SecondFactorConfig;
}): SecondFactorConfig {
  const { policy, trustedDeviceDays } = secondFactor;
  return { policy, trustedDeviceDays };
}
