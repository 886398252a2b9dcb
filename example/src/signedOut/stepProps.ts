import type { EmailCode } from "./emailCode";
import type { Challenge } from "./SecondFactorStep";

/** What the forms for people who are not signed in hand to each other. */
export interface StepProps {
  /** The e-mail address, kept when the person goes from form to form. */
  email: string;
  onEmail: (email: string) => void;
  /** A code was sent; `null`: back to the beginning. */
  onCode: (code: EmailCode | null) => void;
  /** A second factor is owed; `null`: the person is signed in. */
  onChallenge: (challenge: Challenge | null) => void;
}
