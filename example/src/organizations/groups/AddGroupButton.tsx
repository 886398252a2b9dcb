import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { groupPath, navigate } from "../../router";
import { Button } from "../../ui/Button";
import { DialogButton } from "../../ui/DialogButton";
import { FailureNotice } from "../../ui/FailureNotice";
import { SelectField } from "../../ui/SelectField";
import { TextField } from "../../ui/TextField";
import { fieldErrors, useForm } from "../../ui/useForm";

const TYPES = [
  { value: "team", label: "Team" },
  { value: "group", label: "Group of teams" },
];

interface AddGroupProps {
  organizationId: string;
  /** The group above the new one. */
  parentId: string;
  parentName: string;
}

/** Adds a group below another one. */
export function AddGroupButton(properties: AddGroupProps): ReactNode {
  const { parentName } = properties;
  return (
    <DialogButton
      text="Add group"
      label={`Add group to ${parentName}`}
      icon="plus"
      title={`New group in ${parentName}`}
    >
      {(close) => <Form {...properties} close={close} />}
    </DialogButton>
  );
}

function Form({
  organizationId,
  parentId,
  close,
}: AddGroupProps & { close: () => void }): ReactNode {
  const create = useMutation(api.groups.create);
  const [name, setName] = useState("");
  const [type, setType] = useState("team");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({ name: name.trim() === "" ? "Enter a name." : null }),
    submit: async () => {
      const groupId = await create({
        ...{ groupId: parentId, name: name.trim(), type },
      });
      close();
      navigate(groupPath(organizationId, groupId));
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
      <SelectField
        label="Kind"
        name="type"
        value={type}
        onValue={setType}
        choices={TYPES}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Add
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
