/** How the hooks find the client. */

import { createContext } from "react";
import type { AuthClient } from "../authClient.js";

/** What `AuthProvider` hands down. */
export interface AuthContextValue {
  /** The client. */
  client: AuthClient;
  /**
   * Whether the provider has authenticated a Convex client itself, so that the
   * client hears of confirmations and need not be told.
   */
  isConnected: boolean;
}

/** The nearest `AuthProvider`'s value, or `null` outside any. */
export const AuthContext = createContext<AuthContextValue | null>(null);
