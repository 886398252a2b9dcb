/** Offering passkeys in the field for the e-mail address. */

import { useAuthClient } from "convex-gatehouse/react";
import { useEffect } from "react";

/**
 * Has the browser offer passkeys as long as the page is there, where it can. Who
 * picks one is signed in. What goes wrong is left to the button beside: nobody
 * has asked for this.
 */
export function usePasskeyAutofill(): void {
  const { passkey } = useAuthClient();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    void passkey
      .isAutofillSupported()
      .then((isSupported) =>
        isSupported && !signal.aborted ? passkey.autofill({ signal }) : null,
      )
      .catch(() => null);
    return () => leaving.abort();
  }, [passkey]);
}
