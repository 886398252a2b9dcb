import type { SecondFactorMethod } from "convex-gatehouse/client";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { Checkbox } from "../ui/Checkbox";
import type { FactorFormProps } from "./factorFormProps";
import { METHOD_CHOICES } from "./methods";
import { PasskeyFactor } from "./PasskeyFactor";
import { RecoveryCodeForm } from "./RecoveryCodeForm";
import { SentCodeForm } from "./SentCodeForm";
import { TotpForm } from "./TotpForm";

/** Asks for a second factor, by the first of the methods or another. */
export function SecondFactorForms({
  methods,
  verifier,
  canTrust,
  onDone,
}: Pick<FactorFormProps, "verifier" | "onDone"> & {
  methods: readonly SecondFactorMethod[];
  canTrust: boolean;
}): ReactNode {
  const [chosen, setChosen] = useState<SecondFactorMethod>();
  const [trustDevice, setTrustDevice] = useState(false);
  const method = chosen ?? methods[0];
  const others = methods.filter((other) => other !== method);
  const props = { verifier, trustDevice: canTrust && trustDevice, onDone };
  return (
    <div className="form">
      {method !== undefined && (
        // Another form begins anew, with the focus in its first field.
        <FactorForm key={method} method={method} {...props}>
          {canTrust && (
            <Checkbox
              name="trustDevice"
              label="Trust this browser for 30 days"
              description="Only where nobody else comes: you are not asked here again."
              isChecked={trustDevice}
              onChange={setTrustDevice}
            />
          )}
        </FactorForm>
      )}
      {others.length > 0 && (
        <div className="factor-choices" role="group" aria-label="Other ways">
          {others.map((other) => (
            <Button key={other} kind="plain" onClick={() => setChosen(other)}>
              {METHOD_CHOICES[other]}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function FactorForm({
  method,
  ...props
}: FactorFormProps & { method: SecondFactorMethod }): ReactNode {
  switch (method) {
    case "totp":
      return <TotpForm {...props} />;
    case "passkey":
      return <PasskeyFactor {...props} />;
    case "recoveryCode":
      return <RecoveryCodeForm {...props} />;
    case "emailCode":
    case "phoneCode":
      return <SentCodeForm method={method} {...props} />;
  }
}
