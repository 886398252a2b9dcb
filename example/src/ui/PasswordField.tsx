import { useState, type ReactNode } from "react";
import { passwordHint } from "../passwordStrength";
import { Field } from "./Field";
import { Icon } from "./Icon";

/** A field for a password, which can be shown; a new one is judged. */
export function PasswordField({
  label,
  name,
  value,
  onValue,
  error,
  isNew = false,
}: {
  label: string;
  name: string;
  value: string;
  onValue: (password: string) => void;
  error?: string | undefined;
  /** Whether it is being chosen: password managers then offer one. */
  isNew?: boolean;
}): ReactNode {
  const [isShown, setShown] = useState(false);
  return (
    <Field
      label={label}
      error={error}
      hint={isNew ? <PasswordMeter password={value} /> : undefined}
    >
      {(ties) => (
        <div className="password">
          <input
            {...ties}
            className="input"
            name={name}
            type={isShown ? "text" : "password"}
            autoComplete={isNew ? "new-password" : "current-password"}
            autoCapitalize="none"
            spellCheck={false}
            required
            value={value}
            onChange={(event) => onValue(event.target.value)}
          />
          <button
            type="button"
            className="password-toggle"
            aria-label={isShown ? "Hide characters" : "Show characters"}
            aria-controls={ties.id}
            title={isShown ? "Hide" : "Show"}
            onClick={() => setShown(!isShown)}
          >
            <Icon name={isShown ? "eyeOff" : "eye"} />
          </button>
        </div>
      )}
    </Field>
  );
}

function PasswordMeter({ password }: { password: string }): ReactNode {
  const { level, text } = passwordHint(password);
  return (
    <span className={`meter meter-${level}`}>
      <span className="meter-bars" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      {text}
    </span>
  );
}
