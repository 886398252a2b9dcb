import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";
import { challengeOf } from "./SecondFactorStep";
import type { StepProps } from "./WelcomePage";

/** Signing in with a passkey that the browser finds. */
export function PasskeySignIn({
  onChallenge,
}: Pick<StepProps, "onChallenge">): ReactNode {
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  if (!passkey.isSupported()) {
    return null;
  }
  return (
    <>
      <FailureNotice failure={failure} />
      <Button
        isBusy={isBusy}
        onClick={() =>
          void run(async () => onChallenge(challengeOf(await passkey.signIn())))
        }
      >
        Sign in with a passkey
      </Button>
    </>
  );
}
