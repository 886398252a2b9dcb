/** How good a new password is, as far as its length tells. */

/** The fewest characters that the server takes. */
export const MIN_PASSWORD_LENGTH = 8;

/** What the hint below a new password says. */
export interface PasswordHint {
  /** 0: too short; 1 to 3: the better, the higher. */
  level: 0 | 1 | 2 | 3;
  /** The same in words. */
  text: string;
}

/**
 * Judges by length alone, as the server's policy does: rules about kinds of
 * characters make passwords harder to remember, not to guess.
 *
 * @param password - What was typed so far.
 */
export function passwordHint(password: string): PasswordHint {
  // Counted as the server counts: characters after NFKC, not UTF-16 units.
  const length = [...password.normalize("NFKC")].length;
  if (length === 0) {
    return { level: 0, text: `At least ${MIN_PASSWORD_LENGTH} characters` };
  }
  if (length < MIN_PASSWORD_LENGTH) {
    return {
      level: 0,
      text: `${length} of at least ${MIN_PASSWORD_LENGTH} characters`,
    };
  }
  if (length < 12) {
    return { level: 1, text: "Long enough; longer is better" };
  }
  return length < 16
    ? { level: 2, text: "Good" }
    : { level: 3, text: "Very good" };
}
