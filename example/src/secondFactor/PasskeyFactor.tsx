import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";
import type { FactorFormProps } from "./factorFormProps";

/** Asks for a passkey. */
export function PasskeyFactor({
  verifier,
  trustDevice,
  children,
  onDone,
}: FactorFormProps): ReactNode {
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();

  async function prove(): Promise<void> {
    const challenge = verifier === undefined ? {} : { verifier };
    onDone(await passkey.verify({ trustDevice, ...challenge }));
  }

  return (
    <div className="form">
      <p>Your browser asks for one of your passkeys.</p>
      <FailureNotice failure={failure} />
      {children}
      <Button
        kind="primary"
        autoFocus
        isBusy={isBusy}
        onClick={() => void run(prove)}
      >
        Continue with a passkey
      </Button>
    </div>
  );
}
