import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";
import { FormStatus } from "./FormStatus";

/** Changing the name. */
export function NameForm({ name: saved }: { name: string }): ReactNode {
  const updateProfile = useMutation(api.users.updateProfile);
  const [name, setName] = useState(saved);
  const [isSaved, setIsSaved] = useState(false);
  const trimmed = name.trim();

  // Another device may change the name, too; what is being typed here stays.
  const [seen, setSeen] = useState(saved);
  if (seen !== saved) {
    setSeen(saved);
    if (name === seen) {
      setName(saved);
    }
  }

  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({ name: trimmed === "" ? "Enter your name." : null }),
    submit: async () => {
      await updateProfile({ name: trimmed });
      setName(trimmed);
      setIsSaved(true);
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={256}
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
          Save
        </Button>
        <FormStatus>{isSaved && trimmed === saved && "Saved"}</FormStatus>
      </div>
    </form>
  );
}
