import type { CodeFactorMethod } from "convex-gatehouse/client";
import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useTask } from "../ui/useTask";
import { CodeForm } from "./CodeForm";
import { OutboxNotice } from "./OutboxNotice";
import type { FactorFormProps } from "./factorFormProps";

/** Sends a code, and asks for it. */
export function SentCodeForm({
  method,
  verifier,
  trustDevice,
  children,
  onDone,
}: FactorFormProps & { method: CodeFactorMethod }): ReactNode {
  const { secondFactor } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  const [sent, setSent] = useState<string | null>(null);

  async function send(): Promise<void> {
    const challenge = verifier === undefined ? {} : { verifier };
    const begun = await secondFactor.sendCode({ method, ...challenge });
    setSent(begun.verifier);
  }

  return (
    <div className="form">
      <p>
        {sent === null ? "We send a code" : "We have sent a code"} to the{" "}
        {method === "emailCode" ? "e-mail address" : "number"} that you have set
        up.
      </p>
      <FailureNotice failure={failure} />
      {sent !== null && (
        <CodeForm
          key={sent}
          name="Enter the code"
          action="Confirm"
          intro={<OutboxNotice />}
          onCode={(code) =>
            secondFactor.verifyCode({
              ...{ method, code, trustDevice, verifier: sent },
            })
          }
          onDone={onDone}
        >
          {children}
        </CodeForm>
      )}
      <Button
        kind={sent === null ? "primary" : "plain"}
        isBusy={isBusy}
        onClick={() => void run(send)}
      >
        {sent === null ? "Send the code" : "Send another code"}
      </Button>
    </div>
  );
}
