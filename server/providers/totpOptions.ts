/** Options of `totp`. */
export type TotpOptions = {
  /** The provider's id: `"totp"` by default. */
  id?: string;
  /**
   * What authenticator apps call the app: the host of `SITE_URL` by default.
   */
  issuer?: string;
  /** The hash: `"SHA1"` by default, which is all that some apps can. */
  algorithm?: "SHA1" | "SHA256" | "SHA512";
  /** How many digits a code has: 6 by default. */
  digits?: 6 | 8;
  /** How many seconds a code is shown: 30 by default. */
  period?: number;
};
