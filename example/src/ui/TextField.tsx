import type { InputHTMLAttributes, ReactNode } from "react";
import { Field } from "./Field";

/** Properties of the fields that hold one line of text. */
export interface TextFieldProps extends Omit<
  InputHTMLAttributes<HTMLInputElement>,
  "value" | "onChange"
> {
  label: ReactNode;
  name: string;
  value: string;
  onValue: (value: string) => void;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A field for one line of text. */
export function TextField({
  label,
  hint,
  error,
  onValue,
  ...attributes
}: TextFieldProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <input
          type="text"
          {...attributes}
          {...ties}
          className="input"
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
