import {
  parseAuthError,
  PasskeyError,
  type SignInResult,
} from "convex-gatehouse/client";
import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";
import { useTask } from "../ui/useTask";
import { useShowRecoveryCodes } from "./recoveryCodesContext";

/** A passkey as the factor that has to be set up. */
export function EnrollPasskey(): ReactNode {
  const { passkey } = useAuthClient();
  const showRecoveryCodes = useShowRecoveryCodes();
  const { run, isBusy, failure } = useTask();
  // Whoever has made one and closed the second dialog is not to make another.
  const [isRegistered, setRegistered] = useState(false);

  function show(result: SignInResult): void {
    if (result.kind === "signedIn" && result.recoveryCodes !== undefined) {
      showRecoveryCodes(result.recoveryCodes);
    }
  }

  async function enroll(): Promise<void> {
    if (!isRegistered) {
      await passkey.register().then(show, (error: unknown) => {
        // It was made before the page was loaded again.
        if (!isMade(error)) {
          throw error;
        }
      });
      setRegistered(true);
    }
    // The session is good for nothing else before the passkey is proved in it.
    show(await passkey.verify());
  }

  return passkey.isSupported() ? (
    <Panel
      title="Passkey"
      description="Your fingerprint, your face or a PIN is enough then. Your browser asks for it twice: to make it, and to prove it."
    >
      <div className="form">
        {isRegistered && !isBusy && (
          <Notice kind="success">
            Your passkey is made. Use it once to go on.
          </Notice>
        )}
        <FailureNotice failure={failure} />
        <div className="form-actions">
          <Button isBusy={isBusy} onClick={() => void run(enroll)}>
            {isRegistered ? "Use your passkey" : "Add a passkey"}
          </Button>
        </div>
      </div>
    </Panel>
  ) : null;
}

/** Whether there is a passkey already, of this device or of another one. */
function isMade(error: unknown): boolean {
  return error instanceof PasskeyError
    ? error.code === "PASSKEY_ALREADY_REGISTERED"
    : parseAuthError(error)?.code === "STEP_UP_REQUIRED";
}
