import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { useShowRecoveryCodes } from "../secondFactor/recoveryCodesContext";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";

/** Adds a passkey: the browser asks the person for one. */
export function AddPasskeyButton({
  onDone,
}: {
  /** Tells what has come of it. */
  onDone: (text: string) => void;
}): ReactNode {
  const showRecoveryCodes = useShowRecoveryCodes();
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  const withStepUp = useStepUp();
  if (!passkey.isSupported()) {
    return <p>This browser has no passkeys.</p>;
  }

  async function add(): Promise<void> {
    const result = await withStepUp(() => passkey.register());
    onDone("The passkey was added.");
    if (result.kind === "signedIn" && result.recoveryCodes !== undefined) {
      showRecoveryCodes(result.recoveryCodes);
    }
  }

  return (
    <>
      <FailureNotice failure={failure} />
      <Button
        kind="primary"
        isBusy={isBusy}
        onClick={() => {
          onDone("");
          void run(add);
        }}
      >
        Add a passkey
      </Button>
    </>
  );
}
