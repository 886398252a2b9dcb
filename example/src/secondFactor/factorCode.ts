/** The codes of second factors, before the server is asked. */

/** How many digits an authenticator app shows, and a sent code has. */
export const FACTOR_CODE_DIGITS = 6;

/** What is wrong with a code, or `null`. */
export function factorCodeError(code: string): string | null {
  return code.length === FACTOR_CODE_DIGITS
    ? null
    : `Enter the ${FACTOR_CODE_DIGITS} digits of the code.`;
}
