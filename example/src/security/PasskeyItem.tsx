import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { exactTime } from "../relativeTime";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";

type Passkey = FunctionReturnType<typeof api.passkeys.list>[number];

/** One passkey, and what can be done with it. */
export function PasskeyItem({
  passkey,
  onRemoved,
  onRenamed,
}: {
  passkey: Passkey;
  /** Tells of it, and takes the focus. */
  onRemoved: (text: string) => void;
  /** Tells of it. */
  onRenamed: (text: string) => void;
}): ReactNode {
  const {
    _id: passkeyId,
    _creationTime,
    name,
    isSynced,
    lastUsedTime,
  } = passkey;
  const remove = useMutation(api.passkeys.remove);
  const withStepUp = useStepUp();
  return (
    <li className="row row-top">
      <span className="row-icon">
        <Icon name="key" />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{name}</strong>
          <span className="badge">
            {isSynced ? "On several devices" : "On this device only"}
          </span>
        </p>
        <p className="details">
          <span>Added {exactTime(_creationTime)}</span>
          <span>
            {lastUsedTime === undefined ? (
              "Never used"
            ) : (
              <>
                Last used <RelativeTime time={lastUsedTime} />
              </>
            )}
          </span>
        </p>
        <div className="row-actions">
          <DialogButton
            text="Rename"
            label={`Rename ${name}`}
            title={`Rename ${name}`}
          >
            {(close) => (
              <RenameForm
                passkey={passkey}
                close={close}
                onRenamed={onRenamed}
              />
            )}
          </DialogButton>
          <DialogButton
            text="Remove"
            label={`Remove ${name}`}
            kind="danger"
            title={`Remove ${name}?`}
          >
            {(close) => (
              <ConfirmForm
                action="Remove"
                close={close}
                onConfirm={async () => {
                  await withStepUp(() => remove({ passkeyId }));
                  onRemoved(`${name} was removed.`);
                }}
              >
                <p>
                  You can no longer sign in with it. Your device may keep it;
                  remove it there, too.
                </p>
              </ConfirmForm>
            )}
          </DialogButton>
        </div>
      </div>
    </li>
  );
}

function RenameForm({
  passkey,
  close,
  onRenamed,
}: {
  passkey: Passkey;
  close: () => void;
  onRenamed: (text: string) => void;
}): ReactNode {
  const rename = useMutation(api.passkeys.rename);
  const [name, setName] = useState(passkey.name);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({ name: name.trim() === "" ? "Enter a name." : null }),
    submit: async () => {
      const renamed = name.trim();
      await rename({ passkeyId: passkey._id, name: renamed });
      onRenamed(`${passkey.name} is called ${renamed} now.`);
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={64}
        autoFocus
        value={name}
        onValue={setName}
        error={errors.name}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Save
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
