import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CodeField } from "../ui/CodeField";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { fieldErrors, useForm } from "../ui/useForm";
import { codeError } from "../ui/validation";
import { CodeStepHeading } from "./CodeStepHeading";
import type { EmailCode } from "./emailCode";
import { ResendCode } from "./ResendCode";
import { challengeOf } from "./SecondFactorStep";
import type { StepProps } from "./stepProps";

/** Proving an e-mail address, which signs the person in. */
export function VerifyEmailForm({
  code: sent,
  onCode,
  onChallenge,
}: Pick<StepProps, "onCode" | "onChallenge"> & {
  code: EmailCode;
}): ReactNode {
  const { signIn } = useAuth();
  const [code, setCode] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ code: codeError(code) }),
    fields: { code: "code" },
    submit: async () => {
      const { email } = sent;
      const request = { flow: "email-verification", email, code };
      onChallenge(challengeOf(await signIn("password", request)));
    },
  });
  return (
    <div className="form">
      <form {...formProps} className="form" aria-label="Check your e-mail">
        <CodeStepHeading title="Check your e-mail" email={sent.email}>
          Enter the code that we sent to
        </CodeStepHeading>
        <FailureNotice failure={failure} />
        <CodeField value={code} onValue={setCode} error={errors.code} />
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Confirm
        </Button>
      </form>
      <ResendCode code={sent} onCode={onCode} />
      <Button kind="plain" onClick={() => onCode(null)}>
        <Icon name="arrowLeft" />
        Use another address
      </Button>
    </div>
  );
}
