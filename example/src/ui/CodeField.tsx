import type { ReactNode } from "react";
import { TextField } from "./TextField";

/** How many digits a code from an e-mail has. */
export const CODE_LENGTH = 8;

/** The field for a code of digits; spaces and dashes may be pasted. */
export function CodeField({
  label = "Code",
  length = CODE_LENGTH,
  value,
  onValue,
  error,
}: {
  label?: string;
  /** How many digits it has. */
  length?: number;
  value: string;
  onValue: (code: string) => void;
  error?: string | undefined;
}): ReactNode {
  return (
    <TextField
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      spellCheck={false}
      autoFocus
      required
      data-code
      value={value}
      // No `maxLength`: it would cut a pasted code with spaces short.
      onValue={(text) => onValue(text.replace(/\D/g, "").slice(0, length))}
      error={error}
    />
  );
}
