import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { useNow } from "../clock";
import { useStepUp } from "../stepUp/stepUpContext";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { EditKeyForm } from "./EditKeyForm";
import type { KeyOwner } from "./keyOwner";
import { keyState, type Key } from "./keyText";
import type { NewKey } from "./NewKeyPanel";

/** What becomes of keys. */
export interface KeyChanges {
  /** Called with a key that replaces one. */
  onRotated: (key: NewKey) => void;
  /** Called with what there is to say when a row has gone or moved. */
  onDone: (text: string) => void;
}

/** A key, and whose it is. */
export interface KeyButtonProps extends KeyChanges {
  apiKey: Key;
  owner: KeyOwner;
}

/** Changes a key in a dialog. */
export function EditButton({
  apiKey,
  owner,
  onDone,
}: KeyButtonProps): ReactNode {
  const { name } = apiKey;
  const { isOver } = keyState(apiKey, useNow(15_000));
  return (
    <DialogButton text="Edit" label={`Edit ${name}`} title={`Edit ${name}`}>
      {(close) => (
        <EditKeyForm
          {...{ apiKey, owner, close }}
          onSaved={(newName) => {
            // One that had ended moves to those that work.
            if (isOver) {
              onDone(`${newName} was changed.`);
            }
          }}
        />
      )}
    </DialogButton>
  );
}

/** Replaces a key, after a question. */
export function RotateButton({
  apiKey: { _id: keyId, name, scopes },
  onRotated,
}: KeyButtonProps): ReactNode {
  const rotate = useMutation(api.keys.rotate);
  const withStepUp = useStepUp();
  return (
    <DialogButton
      text="Rotate"
      label={`Rotate ${name}`}
      title={`Rotate ${name}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Rotate"
          texts={{
            FORBIDDEN:
              "You would get to see the new key, and it may do what your roles do not allow you.",
          }}
          close={close}
          onConfirm={async () => {
            const raw = await withStepUp(() => rotate({ keyId }));
            onRotated({ raw, name, scopes, isRotated: true });
          }}
        >
          <p>
            You get a new key with the same rights. The present one stops
            working at once, wherever it is used.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}

/** Revokes a key, after a question. */
export function RevokeButton({
  apiKey: { _id: keyId, name },
  onDone,
}: KeyButtonProps): ReactNode {
  const revoke = useMutation(api.keys.revoke);
  return (
    <DialogButton
      text="Revoke"
      label={`Revoke ${name}`}
      kind="danger"
      title={`Revoke ${name}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Revoke"
          close={close}
          onConfirm={async () => {
            await revoke({ keyId });
            onDone(`${name} was revoked.`);
          }}
        >
          <p>
            It stops working at once, and for good. To stop it for a while only,
            disable it.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}
