import type { ReactNode } from "react";
import { Field } from "./Field";

/** Something that can be chosen. */
export interface Choice {
  value: string;
  label: string;
  isDisabled?: boolean;
}

/** A field in which one of a few things is chosen. */
export function SelectField({
  label,
  name,
  value,
  onValue,
  choices,
  hint,
  error,
  disabled = false,
}: {
  label: string;
  name: string;
  value: string;
  onValue: (value: string) => void;
  choices: readonly Choice[];
  hint?: ReactNode;
  error?: string | undefined;
  disabled?: boolean;
}): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ties) => (
        <select
          {...ties}
          className="input select"
          name={name}
          value={value}
          disabled={disabled}
          onChange={(event) => onValue(event.target.value)}
        >
          {choices.map((choice) => (
            <option
              key={choice.value}
              value={choice.value}
              disabled={choice.isDisabled}
            >
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
