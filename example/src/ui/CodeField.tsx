import type { ReactNode } from "react";
import { TextField } from "./TextField";

/** How many digits a code has. */
export const CODE_LENGTH = 8;

/** The field for a code from an e-mail; spaces and dashes may be pasted. */
export function CodeField({
  value,
  onValue,
  error,
}: {
  value: string;
  onValue: (code: string) => void;
  error?: string | undefined;
}): ReactNode {
  return (
    <TextField
      label="Code"
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      autoFocus
      required
      data-code
      value={value}
      // No `maxLength`: it would cut a pasted code with spaces short.
      onValue={(text) => onValue(text.replace(/\D/g, "").slice(0, CODE_LENGTH))}
      error={error}
    />
  );
}
