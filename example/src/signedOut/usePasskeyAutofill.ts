/** Offering passkeys in the field for the e-mail address. */

import { useAuthClient } from "convex-gatehouse/react";
import { useCallback, useEffect, useState } from "react";
import { challengeOf, type Challenge } from "./SecondFactorStep";

/**
 * Has the browser offer passkeys as long as the page is there, where it can. Who
 * picks one is signed in, or asked for a second factor. What goes wrong is left
 * to the button beside: nobody has asked for this.
 *
 * @param onChallenge - Takes the second factor that is owed, or `null`.
 * @returns A function that offers them anew: a browser runs one ceremony at a
 *   time, so another one that has come to nothing has ended this.
 */
export function usePasskeyAutofill(
  onChallenge: (challenge: Challenge | null) => void,
): () => void {
  const { passkey } = useAuthClient();
  const [round, setRound] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    void passkey
      .isAutofillSupported()
      .then((isSupported) =>
        isSupported ? passkey.autofill({ signal }) : null,
      )
      .then((result) => {
        if (result !== null) {
          onChallenge(challengeOf(result));
        }
      })
      .catch(() => null);
    return () => leaving.abort();
  }, [passkey, onChallenge, round]);
  return useCallback(() => setRound((count) => count + 1), []);
}
