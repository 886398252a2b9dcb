/** What people are told when something about their API keys is refused. */

import type { AuthErrorCode } from "convex-gatehouse/client";
import type { ErrorText } from "./failure";

/** A text about the whole form. */
function about(text: string): ErrorText {
  return { subject: null, text };
}

/** About API keys. */
export const KEY_TEXTS: Partial<Record<AuthErrorCode, ErrorText>> = {
  KEY_NOT_FOUND: about("This key is not there any more."),
  API_KEY_REVOKED: about("This key was revoked in the meantime."),
  API_KEY_EXPIRED: about(
    "This key has expired in the meantime. Create a new one.",
  ),
  API_KEY_INVALID_SCOPE: about(
    "The app does not let keys do one of these things. Choose others.",
  ),
  API_KEY_LIMIT_REACHED: about(
    "There are as many keys as there can be. Revoke one that is not needed.",
  ),
};
