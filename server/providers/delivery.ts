import type { ActionContext } from "../context.js";

/** Why an e-mail is sent. */
export type VerificationPurpose =
  /** To prove the address, with a code. */
  | "email-verification"
  /** To reset the password, with a code. */
  | "password-reset"
  /** Somebody tried to sign up with an address that has an account. */
  | "account-exists"
  /** Somebody asked to reset the password of an account that does not exist. */
  | "account-missing";

/** An e-mail that the app is asked to send. */
export type VerificationRequest = {
  /** Why it is sent. */
  purpose: VerificationPurpose;
  /** The address. */
  identifier: string;
  /** The code; missing when the e-mail only informs. */
  token?: string;
  /** Until when the code can be used. */
  expires?: Date;
  /**
   * A link to `redirectTo` with the code, if the client named a `redirectTo`.
   */
  url?: string;
};

/** How an app delivers codes, whatever service it uses. */
export type DeliveryAdapter = {
  /**
   * Sends an e-mail. It runs in an action, after the code was stored.
   *
   * It is called for every request in the same way, also when there is no
   * account: `account-exists` and `account-missing` only tell the owner of the
   * mailbox what happened. An app that sends nothing for them lets the time an
   * answer takes tell who has an account.
   */
  sendVerificationRequest?: (
    request: VerificationRequest,
    ctx: ActionContext,
  ) => Promise<void>;
  /**
   * Makes the codes instead of the default of eight digits: 6 to 128 printable
   * characters, from `crypto.getRandomValues`.
   */
  generateVerificationToken?: () => Promise<string> | string;
  /**
   * Changes what a person typed before the core normalises it, for example to
   * drop what follows a plus sign.
   */
  normalizeIdentifier?: (identifier: string) => string;
};
