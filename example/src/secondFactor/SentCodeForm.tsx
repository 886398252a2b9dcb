import type { CodeFactorMethod } from "convex-gatehouse/client";
import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CodeField } from "../ui/CodeField";
import { FailureNotice } from "../ui/FailureNotice";
import { fieldErrors, useForm } from "../ui/useForm";
import { useTask } from "../ui/useTask";
import { FACTOR_CODE_DIGITS, factorCodeError } from "./factorCode";
import { OutboxNotice } from "./OutboxNotice";
import type { FactorFormProps } from "./SecondFactorForms";

/** Sends a code, and asks for it. */
export function SentCodeForm({
  method,
  verifier,
  ...props
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
        {method === "emailCode"
          ? "We send a code to the e-mail address that you have set up."
          : "We send a code to the number that you have set up."}
      </p>
      <FailureNotice failure={failure} />
      {sent !== null && (
        <>
          <OutboxNotice />
          <SentCodeField key={sent} {...{ ...props, method, verifier: sent }} />
        </>
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

function SentCodeField({
  method,
  verifier,
  trustDevice,
  children,
  onDone,
}: FactorFormProps & {
  method: CodeFactorMethod;
  verifier: string;
}): ReactNode {
  const { secondFactor } = useAuthClient();
  const [code, setCode] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ code: factorCodeError(code) }),
    fields: { code: "code" },
    submit: async () =>
      onDone(
        await secondFactor.verifyCode({ method, verifier, code, trustDevice }),
      ),
  });
  return (
    <form {...formProps} className="form" aria-label="Enter the code">
      <FailureNotice failure={failure} />
      <CodeField
        length={FACTOR_CODE_DIGITS}
        value={code}
        onValue={setCode}
        error={errors.code}
      />
      {children}
      <Button type="submit" kind="primary" isBusy={isBusy} disabled={isBlocked}>
        Confirm
      </Button>
    </form>
  );
}
