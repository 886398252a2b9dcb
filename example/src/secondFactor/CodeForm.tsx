import type { SignInResult } from "convex-gatehouse/client";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CodeField } from "../ui/CodeField";
import { FailureNotice } from "../ui/FailureNotice";
import { fieldErrors, useForm } from "../ui/useForm";
import { FACTOR_CODE_DIGITS, factorCodeError } from "./factorCode";

/** Asks for the code of a second factor, to set it up or to prove it. */
export function CodeForm({
  name,
  label,
  intro,
  action,
  beside,
  children,
  onCode,
  onDone,
}: {
  /** What the form is, for who does not see it. */
  name: string;
  /** What the field is called: `Code` by default. */
  label?: string;
  /** What stands above the field. */
  intro: ReactNode;
  /** What the button says. */
  action: string;
  /** What stands beside the button. */
  beside?: ReactNode;
  /** What stands between the field and the button. */
  children?: ReactNode;
  /** Sends the code. */
  onCode: (code: string) => Promise<SignInResult>;
  onDone: (result: SignInResult) => void;
}): ReactNode {
  const [code, setCode] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ code: factorCodeError(code) }),
    fields: { code: "code" },
    submit: async () => onDone(await onCode(code)),
  });
  const button = (
    <Button type="submit" kind="primary" isBusy={isBusy} disabled={isBlocked}>
      {action}
    </Button>
  );
  return (
    <form {...formProps} className="form" aria-label={name}>
      {intro}
      <CodeField
        {...(label === undefined ? {} : { label })}
        length={FACTOR_CODE_DIGITS}
        value={code}
        onValue={setCode}
        error={errors.code}
      />
      {children}
      <FailureNotice failure={failure} />
      {beside === undefined ? (
        button
      ) : (
        <div className="form-actions">
          {button}
          {beside}
        </div>
      )}
    </form>
  );
}
