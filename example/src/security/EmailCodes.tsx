import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { EmailCodeSetupForm } from "../secondFactor/EmailCodeSetupForm";
import { Button } from "../ui/Button";
import { FactorItem } from "./FactorItem";
import { FactorPanel } from "./FactorPanel";
import type { SecondFactors } from "./secondFactors";

/** The addresses to which codes are sent. */
export function EmailCodes({
  codes,
  email,
}: {
  codes: SecondFactors["codes"];
  /** The address to begin with. */
  email: string;
}): ReactNode {
  const remove = useMutation(api.secondFactors.removeCode);
  return (
    <FactorPanel
      title="Codes by e-mail"
      description="After the password you enter a code that we send you. An authenticator app is safer."
      listName="Addresses for codes"
      factors={codes}
      item={({ _id: codeFactorId, to, method, verifiedTime }, say) => (
        <FactorItem
          key={codeFactorId}
          icon={method === "emailCode" ? "mail" : "phone"}
          name={to}
          addedTime={verifiedTime}
          question={`Send no more codes to ${to}?`}
          consequence="You can still sign in with your password and other factors."
          remove={() => remove({ codeFactorId })}
          onDone={say}
        />
      )}
      add={{
        text: "Add an address",
        kind: "secondary",
        title: "Get codes by e-mail",
        done: "Codes by e-mail are set up.",
      }}
      form={(onDone, close) => (
        <EmailCodeSetupForm email={email} onDone={onDone}>
          <Button onClick={close}>Cancel</Button>
        </EmailCodeSetupForm>
      )}
    />
  );
}
