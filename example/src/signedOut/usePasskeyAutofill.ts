/** Offering passkeys in the field for the e-mail address. */

import { useAuthClient } from "convex-gatehouse/react";
import { useEffect } from "react";
import { challengeOf, type Challenge } from "./SecondFactorStep";

/**
 * Has the browser offer passkeys as long as the page is there, where it can. Who
 * picks one is signed in, or asked for a second factor. What goes wrong is left to the button beside: nobody
 * has asked for this.
 */
export function usePasskeyAutofill(
  onChallenge: (challenge: Challenge | null) => void,
): void {
  const { passkey } = useAuthClient();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    void passkey
      .isAutofillSupported()
      .then((isSupported) =>
        isSupported && !signal.aborted ? passkey.autofill({ signal }) : null,
      )
      .then((result) => {
        if (result !== null) {
          onChallenge(challengeOf(result));
        }
      })
      .catch(() => null);
    return () => leaving.abort();
  }, [passkey, onChallenge]);
}
