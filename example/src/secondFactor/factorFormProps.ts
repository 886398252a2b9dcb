import type { SignInResult } from "convex-gatehouse/client";
import type { ReactNode } from "react";

/** What all forms for a second factor are given. */
export interface FactorFormProps {
  /** That of the sign-in; without one it proves again who is signed in. */
  verifier: string | undefined;
  /** Whether not to be asked again in this browser. */
  trustDevice: boolean;
  /** What stands above the button. */
  children?: ReactNode;
  onDone: (result: SignInResult) => void;
}
