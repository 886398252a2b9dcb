import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { CodeForm } from "./CodeForm";
import type { FactorFormProps } from "./factorFormProps";

/** Asks for the code of an authenticator app. */
export function TotpForm({
  verifier,
  trustDevice,
  children,
  onDone,
}: FactorFormProps): ReactNode {
  const { totp } = useAuthClient();
  const challenge = verifier === undefined ? {} : { verifier };
  return (
    <CodeForm
      name="Authenticator app"
      action="Confirm"
      intro={<p>Enter the code of your authenticator app.</p>}
      onCode={(code) => totp.verify({ code, trustDevice, ...challenge })}
      onDone={onDone}
    >
      {children}
    </CodeForm>
  );
}
