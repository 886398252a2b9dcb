import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CodeField } from "../ui/CodeField";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { PasswordField } from "../ui/PasswordField";
import { fieldErrors, useForm } from "../ui/useForm";
import { codeError, newPasswordError } from "../ui/validation";
import { CodeStepHeading } from "./CodeStepHeading";
import type { EmailCode } from "./emailCode";
import { ResendCode } from "./ResendCode";
import { challengeOf } from "./SecondFactorStep";
import type { StepProps } from "./stepProps";

/** Choosing a new password with a code, which signs the person in. */
export function ResetPasswordForm({
  code: sent,
  onCode,
  onChallenge,
}: Pick<StepProps, "onCode" | "onChallenge"> & {
  code: EmailCode;
}): ReactNode {
  const { signIn } = useAuth();
  const [code, setCode] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        code: codeError(code),
        newPassword: newPasswordError(newPassword),
      }),
    fields: { code: "code", newPassword: "newPassword" },
    submit: async () => {
      const { email } = sent;
      const result = await signIn("password", {
        ...{ flow: "reset-verification", email, code, newPassword },
      });
      onChallenge(challengeOf(result));
    },
  });
  return (
    <div className="form">
      <form {...formProps} className="form" aria-label="Choose a new password">
        <CodeStepHeading title="Choose a new password" email={sent.email}>
          If there is an account with this address, we sent a code to
        </CodeStepHeading>
        <FailureNotice failure={failure} />
        <CodeField value={code} onValue={setCode} error={errors.code} />
        {/* Tells password managers whose password this is. */}
        <input
          className="visually-hidden"
          type="email"
          autoComplete="username"
          value={sent.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <PasswordField
          label="New password"
          name="newPassword"
          isNew
          value={newPassword}
          onValue={setNewPassword}
          error={errors.newPassword}
        />
        <p className="form-note">Your other devices will be signed out.</p>
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Set new password
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
