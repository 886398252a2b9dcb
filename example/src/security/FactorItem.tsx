import type { ReactNode } from "react";
import { exactTime } from "../relativeTime";
import { useStepUp } from "../stepUp/stepUpContext";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { Icon, type IconName } from "../ui/Icon";

/** One second factor, and removing it. */
export function FactorItem({
  icon,
  name,
  addedTime,
  question,
  consequence,
  remove,
  onDone,
}: {
  icon: IconName;
  name: string;
  /** Since when it counts. */
  addedTime: number;
  /** What is asked before it is removed. */
  question: string;
  /** What removing it means. */
  consequence: string;
  remove: () => Promise<unknown>;
  onDone: (text: string) => void;
}): ReactNode {
  const withStepUp = useStepUp();
  return (
    <li className="row">
      <span className="row-icon">
        <Icon name={icon} />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{name}</strong>
        </p>
        <p className="details">
          <span>Added {exactTime(addedTime)}</span>
        </p>
      </div>
      <DialogButton
        text="Remove"
        label={`Remove ${name}`}
        kind="danger"
        title={question}
      >
        {(close) => (
          <ConfirmForm
            action="Remove"
            close={close}
            onConfirm={async () => {
              await withStepUp(remove);
              onDone(`${name} was removed.`);
            }}
          >
            <p>{consequence}</p>
          </ConfirmForm>
        )}
      </DialogButton>
    </li>
  );
}
