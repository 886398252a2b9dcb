import type { ReactNode } from "react";
import { TextField } from "./TextField";

/** The field for an e-mail address, which is what people sign in with. */
export function EmailField({
  value,
  onValue,
  error,
  hint,
  required = true,
  offersPasskeys = false,
}: {
  value: string;
  onValue: (email: string) => void;
  error?: string | undefined;
  hint?: ReactNode;
  required?: boolean;
  /** Whether the browser may offer passkeys here. */
  offersPasskeys?: boolean;
}): ReactNode {
  return (
    <TextField
      label="E-mail"
      name="email"
      type="email"
      autoComplete={offersPasskeys ? "username webauthn" : "username"}
      autoCapitalize="none"
      spellCheck={false}
      required={required}
      hint={hint}
      value={value}
      onValue={onValue}
      error={error}
    />
  );
}
