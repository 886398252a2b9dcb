import type { ReactNode } from "react";
import { Button } from "./Button";
import { FailureNotice } from "./FailureNotice";
import { useForm, type FormOptions } from "./useForm";

/** A question in a dialog before something is done that cannot be undone. */
export function ConfirmForm({
  action,
  texts,
  onConfirm,
  close,
  children,
}: {
  /** What the button says, as `Remove`. */
  action: string;
  /** Messages that fit better than the usual ones. */
  texts?: FormOptions["texts"];
  onConfirm: () => Promise<void>;
  close: () => void;
  children: ReactNode;
}): ReactNode {
  const { formProps, failure, isBusy, isBlocked } = useForm({
    validate: () => ({}),
    ...(texts === undefined ? {} : { texts }),
    submit: async () => {
      await onConfirm();
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      {children}
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="danger"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          {action}
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
