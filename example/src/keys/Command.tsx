import type { ReactNode } from "react";
import { CopyButton } from "../ui/CopyButton";

/** A command for a terminal, which can be copied. */
export function Command({
  text,
  copyLabel,
}: {
  text: string;
  copyLabel: string;
}): ReactNode {
  return (
    <>
      <pre className="command">
        <code>{text}</code>
      </pre>
      <div className="form-actions">
        <CopyButton text={text} label={copyLabel} />
      </div>
    </>
  );
}
