import type { SignInResult } from "convex-gatehouse/client";
import type { ReactNode } from "react";
import { useStepUp } from "../stepUp/stepUpContext";
import { CodeForm } from "./CodeForm";
import { useShowRecoveryCodes } from "./recoveryCodesContext";

/** Asks for the first code of a factor, which counts from then on. */
export function FirstCodeForm({
  label,
  intro,
  beside,
  onCode,
  onDone,
}: {
  label?: string;
  /** What stands above the field. */
  intro: ReactNode;
  /** What stands beside the button. */
  beside: ReactNode;
  /** Sends the code. */
  onCode: (code: string) => Promise<SignInResult>;
  onDone: () => void;
}): ReactNode {
  const withStepUp = useStepUp();
  const showRecoveryCodes = useShowRecoveryCodes();
  return (
    <CodeForm
      name="Enter the first code"
      action="Turn on"
      {...(label === undefined ? {} : { label })}
      {...{ intro, beside }}
      onCode={(code) => withStepUp(() => onCode(code))}
      onDone={(result) => {
        if (result.kind === "signedIn" && result.recoveryCodes !== undefined) {
          showRecoveryCodes(result.recoveryCodes);
        }
        onDone();
      }}
    />
  );
}
