import type { ReactNode } from "react";
import { Field } from "./Field";

/** A field for several lines of text. */
export function TextAreaField({
  label,
  name,
  value,
  onValue,
  maxLength,
  hint,
  error,
}: {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  maxLength: number;
  hint?: ReactNode;
  error?: string | undefined;
}): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <textarea
          {...ties}
          className="input text-area"
          name={name}
          rows={4}
          maxLength={maxLength}
          value={value}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
