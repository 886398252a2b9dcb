import { useEffect, useState, type ReactNode } from "react";
import { Button, type ButtonKind } from "./Button";
import { Icon } from "./Icon";

/** For how many milliseconds the button says that it has copied. */
const SHOWN_MS = 2_000;

/** Copies a text. */
export function CopyButton({
  text,
  label,
  kind = "secondary",
}: {
  text: string;
  label: string;
  kind?: ButtonKind;
}): ReactNode {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  useEffect(() => {
    if (outcome !== null) {
      const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [outcome]);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome("copied");
    } catch {
      // Browsers refuse it outside of secure contexts.
      setOutcome("failed");
    }
  }

  return (
    <>
      <Button kind={kind} aria-label={label} onClick={() => void copy()}>
        <Icon name={outcome === "copied" ? "check" : "copy"} />
        {outcome === "copied" ? "Copied" : "Copy"}
      </Button>
      <span className="visually-hidden" role="status">
        {outcome === "copied" && "Copied."}
        {outcome === "failed" && "The browser did not allow copying."}
      </span>
    </>
  );
}
