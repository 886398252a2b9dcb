import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CodeField } from "../ui/CodeField";
import { FailureNotice } from "../ui/FailureNotice";
import { fieldErrors, useForm } from "../ui/useForm";
import { FACTOR_CODE_DIGITS, factorCodeError } from "./factorCode";
import type { FactorFormProps } from "./SecondFactorForms";

/** Asks for the code of an authenticator app. */
export function TotpForm({
  verifier,
  trustDevice,
  children,
  onDone,
}: FactorFormProps): ReactNode {
  const { totp } = useAuthClient();
  const [code, setCode] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ code: factorCodeError(code) }),
    fields: { code: "code" },
    submit: async () => {
      const challenge = verifier === undefined ? {} : { verifier };
      onDone(await totp.verify({ code, trustDevice, ...challenge }));
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Authenticator app">
      <p>Enter the code of your authenticator app.</p>
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
