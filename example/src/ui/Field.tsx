import { useId, type ReactNode } from "react";

/** What an input needs to be tied to its label, hint and error. */
export interface FieldTies {
  id: string;
  "aria-describedby": string;
  "aria-invalid": boolean;
}

/** A label, an input, a hint, and an error that is read out when it appears. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  children: (ties: FieldTies) => ReactNode;
}): ReactNode {
  const id = useId();
  const hasError = error !== undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        "aria-describedby": `${id}-error ${id}-hint`,
        "aria-invalid": hasError,
      })}
      <div id={`${id}-error`} aria-live="polite">
        {hasError && <p className="field-error">{error}</p>}
      </div>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      )}
    </div>
  );
}
