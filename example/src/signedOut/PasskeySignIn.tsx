import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";

/** Signing in with a passkey that the browser finds. */
export function PasskeySignIn(): ReactNode {
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  if (!passkey.isSupported()) {
    return null;
  }
  return (
    <>
      <FailureNotice failure={failure} />
      <Button isBusy={isBusy} onClick={() => void run(() => passkey.signIn())}>
        Sign in with a passkey
      </Button>
    </>
  );
}
