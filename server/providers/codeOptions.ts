import type { ActionContext } from "../context.js";

/** The channel of a sent code. */
export type CodeMethod = "emailCode" | "phoneCode";

/** A code that the app is asked to send. */
export type CodeToSend = {
  /** The address or number. */
  to: string;
  /** The code. */
  code: string;
  /** Until when it can be used: milliseconds since 1970. */
  expirationTime: number;
};

/** Options of `emailCode` and `phoneCode`. */
export type CodeOptions = {
  /** The provider's id: `"emailCode"` or `"phoneCode"` by default. */
  id?: string;
  /**
   * Sends a code. It runs in an action, after the code was stored.
   */
  sendCode: (message: CodeToSend, ctx: ActionContext) => Promise<void>;
};
