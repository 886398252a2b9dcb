import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { DialogButton } from "../../ui/DialogButton";
import { FailureNotice } from "../../ui/FailureNotice";
import { Notice } from "../../ui/Notice";
import { TextField } from "../../ui/TextField";
import { fieldErrors, useForm } from "../../ui/useForm";
import type { Organization } from "../access";
import { countOf } from "../countOf";
import { graceText } from "./gracePeriods";

/** Deleting an organization, after its name was typed. */
export function DeleteOrganization({
  organization,
  onDeletion,
}: {
  organization: Organization;
  onDeletion: () => void;
}): ReactNode {
  const { deletionProtection, counts } = organization;
  if (deletionProtection && counts.members > 1) {
    return (
      <Notice icon="lock">
        It is protected while it has other members (
        {countOf(counts.members - 1, "other")} now). Remove them, or switch the
        protection off above.
      </Notice>
    );
  }
  return (
    <DialogButton
      text="Delete organization"
      icon="trash"
      kind="danger"
      title={`Delete ${organization.name}?`}
    >
      {(close) => (
        <Form
          organization={organization}
          onDeletion={onDeletion}
          close={close}
        />
      )}
    </DialogButton>
  );
}

function Form({
  organization: { _id: groupId, name, counts, deletionGraceMs },
  onDeletion,
  close,
}: {
  organization: Organization;
  onDeletion: () => void;
  close: () => void;
}): ReactNode {
  const begin = useMutation(api.deletions.begin);
  const [typed, setTyped] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        confirmation:
          typed.trim() === name.trim() ? null : `Type the name “${name}”.`,
      }),
    submit: async () => {
      await begin({ groupId });
      onDeletion();
    },
  });
  return (
    <form {...formProps} className="form">
      <p>
        {counts.members === 1
          ? "You lose access at once"
          : `All ${counts.members.toLocaleString()} members lose access at once`}
        , and all groups, invitations and roles go with it.{" "}
        {deletionGraceMs === 0
          ? "Nobody can bring it back."
          : `You can restore it for ${graceText(deletionGraceMs)}.`}
      </p>
      <TextField
        label={`Type “${name}” to confirm`}
        name="confirmation"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onValue={setTyped}
        error={errors.confirmation}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="danger"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Delete organization
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
