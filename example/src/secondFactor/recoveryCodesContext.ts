/** Showing recovery codes, wherever they come from. */

import { createContext, useContext } from "react";

/** Shows codes, until the person says that they are saved. */
export type ShowRecoveryCodes = (codes: readonly string[]) => void;

/** Provided above all pages: codes must outlive the page that asked for them. */
export const RecoveryCodesContext = createContext<ShowRecoveryCodes>(
  () => undefined,
);

/** The function that shows codes. */
export function useShowRecoveryCodes(): ShowRecoveryCodes {
  return useContext(RecoveryCodesContext);
}
