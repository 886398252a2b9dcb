import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "../../ui/Button";
import { CopyButton } from "../../ui/CopyButton";

/** A link that nobody can show again: the server knows only its hash. */
export function ShownOnceLink({
  link,
  onDone,
}: {
  link: string;
  onDone: () => void;
}): ReactNode {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [link]);
  return (
    <div className="shown-once">
      <div className="field">
        <label htmlFor={id}>Copy it now</label>
        <input
          ref={field}
          id={id}
          className="input input-link"
          readOnly
          value={link}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.target.select()}
        />
        <p id={`${id}-hint`} className="field-hint">
          The link is shown this once. Only its fingerprint is stored.
        </p>
      </div>
      <div className="form-actions">
        <CopyButton text={link} label="Copy link" />
        <Button kind="plain" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
