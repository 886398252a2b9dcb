import { useMutation } from "convex/react";
import { useId, useRef, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Button } from "../ui/Button";
import { useStepUp } from "../stepUp/stepUpContext";
import { OwnedAlone } from "../organizations/OwnedAlone";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";

/** What has to be typed, so that nobody deletes an account by a slip. */
const CONFIRMATION = "delete";

/** Deleting the account, after a question. */
export function DeleteAccount({
  onDeletion,
}: {
  /** Called with `true` right before, and with `false` if it failed. */
  onDeletion: (isDeleted: boolean) => void;
}): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const remove = useMutation(api.users.remove);
  const withStepUp = useStepUp();
  const [typed, setTyped] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        confirmation:
          typed.trim().toLowerCase() === CONFIRMATION
            ? null
            : `Type the word “${CONFIRMATION}”.`,
      }),
    submit: async () => {
      onDeletion(true);
      try {
        await withStepUp(() => remove({}));
      } catch (error) {
        onDeletion(false);
        throw error;
      }
    },
  });
  return (
    <>
      <Button kind="danger" onClick={() => dialog.current?.showModal()}>
        <Icon name="trash" />
        Delete account
      </Button>
      <dialog
        ref={dialog}
        className="dialog"
        aria-labelledby={titleId}
        onClose={() => setTyped("")}
      >
        <form {...formProps} className="form">
          <h2 id={titleId}>Delete your account?</h2>
          <p>
            Your profile and your memberships go, and all your devices are
            signed out. Nobody can bring them back.
          </p>
          {failure?.code === "LAST_OWNER" ? (
            <OwnedAlone />
          ) : (
            <FailureNotice failure={failure} />
          )}
          <TextField
            label={`Type “${CONFIRMATION}” to confirm`}
            name="confirmation"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={typed}
            onValue={setTyped}
            error={errors.confirmation}
          />
          <div className="form-actions">
            <Button
              type="submit"
              kind="danger"
              isBusy={isBusy}
              disabled={isBlocked}
            >
              Delete for good
            </Button>
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
          </div>
        </form>
      </dialog>
    </>
  );
}
