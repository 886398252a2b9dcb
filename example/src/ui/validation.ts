/** What can be said about a form before the server is asked. */

import { passwordHint } from "../passwordStrength";
import { CODE_LENGTH } from "./CodeField";

/** What is wrong with an e-mail address, or `null`; the server knows best. */
export function emailError(email: string): string | null {
  return email.trim() === "" ? "Enter your e-mail address." : null;
}

/** What is wrong with a password that exists already, or `null`. */
export function passwordError(password: string): string | null {
  return password === "" ? "Enter your password." : null;
}

/** What is wrong with a password that is being chosen, or `null`. */
export function newPasswordError(password: string): string | null {
  if (password === "") {
    return "Choose a password.";
  }
  return passwordHint(password).level === 0
    ? "This is too short: use at least 8 characters."
    : null;
}

/** What is wrong with a code, or `null`. */
export function codeError(code: string): string | null {
  if (code === "") {
    return "Enter the code from the e-mail.";
  }
  return code.length < CODE_LENGTH
    ? `The code has ${CODE_LENGTH} digits.`
    : null;
}
