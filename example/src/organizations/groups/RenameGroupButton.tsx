import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { DialogButton } from "../../ui/DialogButton";
import { FailureNotice } from "../../ui/FailureNotice";
import { TextField } from "../../ui/TextField";
import { fieldErrors, useForm } from "../../ui/useForm";
import type { Group } from "./group";

/** Gives a group another name. */
export function RenameGroupButton({ group }: { group: Group }): ReactNode {
  return (
    <DialogButton
      text="Rename"
      label={`Rename ${group.name}`}
      icon="edit"
      title={`Rename ${group.name}`}
    >
      {(close) => <Form group={group} close={close} />}
    </DialogButton>
  );
}

function Form({
  group: { _id, name: present },
  close,
}: {
  group: Group;
  close: () => void;
}): ReactNode {
  const rename = useMutation(api.groups.rename);
  const [name, setName] = useState(present);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({ name: name.trim() === "" ? "Enter a name." : null }),
    submit: async () => {
      await rename({ groupId: _id, name: name.trim() });
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={128}
        autoFocus
        value={name}
        onValue={setName}
        error={errors.name}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Rename
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
