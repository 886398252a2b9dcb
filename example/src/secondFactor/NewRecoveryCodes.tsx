import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { Icon } from "../ui/Icon";

/** The name of the file that is downloaded. */
const FILE_NAME = "gatehouse-demo-recovery-codes.txt";

/** Recovery codes that nobody can show again: the server knows only hashes. */
export function NewRecoveryCodes({
  codes,
  onSaved,
}: {
  codes: readonly string[];
  onSaved: () => void;
}): ReactNode {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) {
      element.showModal();
    }
  }, []);
  const text = `${codes.join("\n")}\n`;

  function download(): void {
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = FILE_NAME;
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <dialog
      ref={dialog}
      className="dialog recovery-dialog"
      aria-labelledby={id}
      aria-describedby={`${id}-text`}
      // Escape, or the gesture of a phone, would throw the only copy away.
      // Browsers let a page refuse to be closed only so often, unless it says so
      // beforehand; those that do not know that yet are told of each key.
      closedby="none"
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
        }
      }}
      onCancel={(event) => event.preventDefault()}
      onClose={onSaved}
    >
      <h2 id={id}>Save your recovery codes</h2>
      <div className="form">
        <p id={`${id}-text`}>
          If you lose your device, each of these codes lets you in once. They
          are shown this once; codes that you had before do not work any more.
        </p>
        <ol className="recovery-codes" aria-label="Recovery codes">
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
        <div className="form-actions recovery-actions">
          <CopyButton text={text} label="Copy recovery codes" />
          <Button onClick={download}>
            <Icon name="download" />
            Download
          </Button>
          <Button onClick={() => window.print()}>
            <Icon name="print" />
            Print
          </Button>
        </div>
        <Button kind="primary" onClick={() => dialog.current?.close()}>
          I have saved them
        </Button>
      </div>
    </dialog>
  );
}
