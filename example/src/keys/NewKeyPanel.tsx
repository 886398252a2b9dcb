import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import type { KeyRequest } from "./keyKinds";
import { KeyUse } from "./KeyUse";

/** A key that was just made. */
export interface NewKey {
  raw: string;
  name: string;
  scopes: readonly string[];
  /** Whether it replaces another one. */
  isRotated: boolean;
}

/** A key that nobody can show again: the server knows only its hash. */
export function NewKeyPanel({
  newKey: { raw, name, scopes, isRotated },
  requests,
  onDone,
}: {
  newKey: NewKey;
  /** What keys of this owner can be used with. */
  requests: readonly KeyRequest[];
  onDone: () => void;
}): ReactNode {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // The dialog that asked for it gives the focus back when it closes; after.
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, [raw]);
  return (
    <Panel
      title={isRotated ? `New key for ${name}` : `${name} is ready`}
      description={
        isRotated ? "The old key does not work any more." : undefined
      }
    >
      <div className="form">
        <Notice kind="warning" title="Copy the key now">
          It is shown this once. Only its fingerprint is stored, so nobody can
          show it to you again.
        </Notice>
        <div className="field">
          <label htmlFor={id}>Your key</label>
          <textarea
            ref={field}
            id={id}
            className="input input-link input-key"
            rows={3}
            readOnly
            spellCheck={false}
            value={raw}
            aria-describedby={`${id}-hint`}
            onFocus={(event) => event.target.select()}
          />
          <p id={`${id}-hint`} className="field-hint">
            Whoever has it can do what it may do. Keep it like a password.
          </p>
        </div>
        <div className="form-actions">
          <CopyButton kind="primary" text={raw} label="Copy key" />
          <Button kind="plain" onClick={onDone}>
            I have copied it
          </Button>
        </div>
        <h3 className="list-heading">Try it in a terminal</h3>
        <KeyUse
          presented={raw}
          requests={requests.filter(
            ({ scope }) => scope === null || scopes.includes(scope),
          )}
        />
      </div>
    </Panel>
  );
}
