import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { Button, type ButtonKind } from "./Button";
import { Icon, type IconName } from "./Icon";

/** What a dialog's content is given: a function that closes the dialog. */
export type DialogContent = (close: () => void) => ReactNode;

/**
 * A button that opens a dialog. What is in it begins anew each time, and the
 * focus comes back to the button.
 */
export function DialogButton({
  text,
  label,
  icon,
  kind,
  title,
  children,
}: {
  text: string;
  /** The button's name where the text alone does not say what it is about. */
  label?: string;
  icon?: IconName;
  kind?: ButtonKind;
  title: string;
  children: DialogContent;
}): ReactNode {
  // Which opening is on the screen, counted; 0 for none. A dialog is told that it
  // was closed a moment later, when the next one may be open already.
  const openings = useRef(0);
  const [opening, setOpening] = useState(0);
  return (
    <>
      <Button
        {...(kind === undefined ? {} : { kind })}
        aria-label={label}
        aria-haspopup="dialog"
        onClick={() => setOpening((openings.current += 1))}
      >
        {icon !== undefined && <Icon name={icon} />}
        {text}
      </Button>
      {opening > 0 && (
        <Dialog
          key={opening}
          title={title}
          onClosed={() => setOpening((now) => (now === opening ? 0 : now))}
        >
          {children}
        </Dialog>
      )}
    </>
  );
}

function Dialog({
  title,
  onClosed,
  children,
}: {
  title: string;
  onClosed: () => void;
  children: DialogContent;
}): ReactNode {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // The browser closes it, which gives the focus back; only then it goes.
  const [isClosing, setClosing] = useState(false);
  useEffect(() => {
    const element = dialog.current;
    if (isClosing) {
      element?.close();
    } else if (element?.open === false) {
      element.showModal();
    }
  }, [isClosing]);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onClose={onClosed}
    >
      <h2 id={id}>{title}</h2>
      {children(() => setClosing(true))}
    </dialog>
  );
}
