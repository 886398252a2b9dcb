import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";
import { challengeOf } from "./SecondFactorStep";
import type { StepProps } from "./stepProps";

/**
 * Signing in with a passkey that the browser finds, or with one of the address
 * that was typed: some security keys do not find theirs by themselves.
 */
export function PasskeySignIn({
  email,
  onChallenge,
  onFailure,
}: Pick<StepProps, "email" | "onChallenge"> & {
  /** Nothing has come of it. */
  onFailure: () => void;
}): ReactNode {
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  if (!passkey.isSupported()) {
    return null;
  }

  async function signIn(): Promise<void> {
    const isDone = await run(async () => {
      const whose = email === "" ? {} : { email };
      onChallenge(challengeOf(await passkey.signIn(whose)));
    });
    if (!isDone) {
      onFailure();
    }
  }

  return (
    <>
      <FailureNotice failure={failure} />
      <Button isBusy={isBusy} onClick={() => void signIn()}>
        Sign in with a passkey
      </Button>
    </>
  );
}
