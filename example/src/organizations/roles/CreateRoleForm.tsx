import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { TextField } from "../../ui/TextField";
import { fieldErrors, useForm } from "../../ui/useForm";
import type { Permissions } from "../access";
import { PermissionChoices } from "./PermissionChoices";
import { chosenPermissions, type ChosenPermissions } from "./chosenPermissions";

/** What is wrong with the name of a role, or `null`. */
function roleNameError(name: string): string | null {
  if (name === "") {
    return "Enter a name.";
  }
  return /^[a-z][a-z0-9_-]{0,31}$/i.test(name)
    ? null
    : "Begin with a letter; then letters, digits and dashes, 32 at most.";
}

/** Making a role of the organization's own. */
export function CreateRoleForm({
  groupId,
  permissions,
  close,
}: {
  groupId: string;
  /** What the person may do: nobody can give more away. */
  permissions: Permissions;
  close: () => void;
}): ReactNode {
  const create = useMutation(api.roles.create);
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [chosen, setChosen] = useState<ChosenPermissions>(new Set());
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        role: roleNameError(name.trim()),
        permissions:
          chosen.size === 0 ? "Choose at least one permission." : null,
      }),
    fields: { role: "role" },
    submit: async () => {
      const trimmed = description.trim();
      await create({
        ...{ groupId, role: name.trim().toLowerCase() },
        ...(trimmed === "" ? {} : { description: trimmed }),
        permissions: chosenPermissions(chosen),
      });
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <TextField
        label="Name"
        name="role"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={32}
        autoFocus
        value={name}
        onValue={setName}
        error={errors.role}
      />
      <TextField
        label="What it is for"
        name="description"
        autoComplete="off"
        maxLength={128}
        value={description}
        onValue={setDescription}
        hint="Optional"
      />
      <PermissionChoices
        permissions={permissions}
        chosen={chosen}
        onChosen={setChosen}
        error={errors.permissions}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Create role
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
