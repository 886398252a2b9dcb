/** Whether a `ConvexProviderWithAuth` is above, and what it says. */

import { useConvexAuth } from "convex/react";

/**
 * What `useConvexAuth` returns, or `null` where it throws for want of a
 * provider. Convex exports no way to ask, and the hook it uses (`useContext`)
 * keeps no place in the order of hooks, so catching is safe.
 */
export function useSurroundingConvexAuth(): {
  isLoading: boolean;
  isAuthenticated: boolean;
} | null {
  try {
    return useConvexAuth();
  } catch {
    return null;
  }
}
