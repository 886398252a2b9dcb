import type { ReactNode } from "react";
import type { ButtonKind } from "../ui/Button";
import { DialogButton } from "../ui/DialogButton";
import { Panel } from "../ui/Panel";
import { useStatus } from "../ui/useStatus";

/** The second factors of one kind, and adding one. */
export function FactorPanel<Factor extends { _id: string }>({
  title,
  description,
  listName,
  factors,
  item,
  add,
  form,
}: {
  title: string;
  description: string;
  /** What the list is called. */
  listName: string;
  factors: readonly Factor[];
  /** Shows one; `say` tells what has become of it. */
  item: (factor: Factor, say: (text: string) => void) => ReactNode;
  /** The button that adds one, and the dialog that it opens. */
  add: { text: string; kind: ButtonKind; title: string; done: string };
  /** Sets one up. */
  form: (onDone: () => void, close: () => void) => ReactNode;
}): ReactNode {
  const { place, text, say } = useStatus<HTMLDivElement>();
  return (
    <Panel title={title} description={description}>
      <div ref={place} role="group" aria-label={title} tabIndex={-1}>
        {factors.length > 0 && (
          <ul className="rows" aria-label={listName}>
            {factors.map((factor) => item(factor, say))}
          </ul>
        )}
        <div className="form-actions">
          <DialogButton
            text={add.text}
            icon="plus"
            kind={add.kind}
            title={add.title}
          >
            {(close) =>
              form(() => {
                say(add.done);
                close();
              }, close)
            }
          </DialogButton>
          <p role="status" className="status-line">
            {text}
          </p>
        </div>
      </div>
    </Panel>
  );
}
