import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { ConfirmForm } from "../../ui/ConfirmForm";
import { DialogButton } from "../../ui/DialogButton";
import type { Group } from "./group";

/** Deletes a group with all below it, after a question. */
export function DeleteGroupButton({
  group: { _id, name, hasChildren },
  onDeletion,
}: {
  group: Group;
  onDeletion: () => void;
}): ReactNode {
  const begin = useMutation(api.deletions.beginGroup);
  return (
    <DialogButton
      text="Delete"
      label={`Delete ${name}`}
      icon="trash"
      kind="danger"
      title={`Delete ${name}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Delete"
          close={close}
          onConfirm={async () => {
            await begin({ groupId: _id });
            onDeletion();
          }}
        >
          <p>
            {hasChildren
              ? "The group and all groups below it are deleted."
              : "The group is deleted."}{" "}
            Its members stay in the organization.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}
