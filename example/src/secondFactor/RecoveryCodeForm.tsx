import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";
import type { FactorFormProps } from "./factorFormProps";

/** Asks for a recovery code, in the place of any other factor. */
export function RecoveryCodeForm({
  verifier,
  onDone,
}: FactorFormProps): ReactNode {
  const { secondFactor } = useAuthClient();
  const [code, setCode] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        code: code.trim() === "" ? "Enter one of your recovery codes." : null,
      }),
    fields: { code: "code" },
    submit: async () => {
      const challenge = verifier === undefined ? {} : { verifier };
      const recovery = { code: code.trim(), ...challenge };
      onDone(await secondFactor.recover(recovery));
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Enter a recovery code">
      <p>Each of your recovery codes works once.</p>
      <FailureNotice failure={failure} />
      <TextField
        label="Recovery code"
        name="code"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        value={code}
        onValue={setCode}
        error={errors.code}
      />
      <Button type="submit" kind="primary" isBusy={isBusy} disabled={isBlocked}>
        Confirm
      </Button>
    </form>
  );
}
