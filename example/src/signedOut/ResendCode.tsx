import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { useCountdown } from "../clock";
import { describeError } from "../errorText";
import type { Failure } from "../failure";
import { clockDuration } from "../relativeTime";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { sentCode, type EmailCode } from "./emailCode";

/** For how long people should look for the e-mail before they get another. */
const COOLDOWN_MS = 30_000;

/** Sends another code, after a while. */
export function ResendCode({
  code,
  onCode,
}: {
  code: EmailCode;
  onCode: (code: EmailCode | null) => void;
}): ReactNode {
  const { signIn } = useAuth();
  const [readyTime, setReadyTime] = useState(() => Date.now() + COOLDOWN_MS);
  const [isBusy, setBusy] = useState(false);
  const [isSent, setSent] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { seconds, isOver } = useCountdown(readyTime);

  async function resend(): Promise<void> {
    setBusy(true);
    setSent(false);
    setFailure(null);
    try {
      const { email, request } = code;
      const { flow = "" } = request;
      const result = await signIn("password", request);
      onCode(sentCode(result, { ...request, flow, email }));
      setReadyTime(Date.now() + COOLDOWN_MS);
      setSent(true);
    } catch (error) {
      const described = describeError(error, Date.now());
      setFailure(described);
      if (described.retryTime !== null) {
        setReadyTime(described.retryTime);
      }
    } finally {
      setBusy(false);
    }
  }

  return (
    <div className="resend">
      <FailureNotice failure={failure} />
      <p role="status" className="resend-status">
        {isSent && "Another code was sent. Only the newest one works."}
      </p>
      <Button
        kind="plain"
        isBusy={isBusy}
        disabled={!isOver}
        onClick={() => void resend()}
      >
        Send another code
        {!isOver && (
          <span aria-hidden="true"> in {clockDuration(seconds)}</span>
        )}
      </Button>
    </div>
  );
}
