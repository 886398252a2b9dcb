import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";

/** Adds a passkey: the browser asks the person for one. */
export function AddPasskeyButton(): ReactNode {
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  const withStepUp = useStepUp();
  if (!passkey.isSupported()) {
    return <p>This browser has no passkeys.</p>;
  }
  return (
    <>
      <FailureNotice failure={failure} />
      <Button
        kind="primary"
        isBusy={isBusy}
        onClick={() => void run(() => withStepUp(() => passkey.register()))}
      >
        Add a passkey
      </Button>
    </>
  );
}
