import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { TotpSetupForm } from "../secondFactor/TotpSetupForm";
import { Button } from "../ui/Button";
import { FactorItem } from "./FactorItem";
import { FactorPanel } from "./FactorPanel";
import type { SecondFactors } from "./secondFactors";

/** The person's authenticator apps. */
export function AuthenticatorApps({
  totps,
}: {
  totps: SecondFactors["totps"];
}): ReactNode {
  const remove = useMutation(api.secondFactors.removeTotp);
  return (
    <FactorPanel
      title="Authenticator apps"
      description="After the password you enter the code that an app on your phone shows."
      listName="Your authenticator apps"
      factors={totps}
      item={(totp, say) => {
        const name = totp.name ?? "Authenticator app";
        return (
          <FactorItem
            key={totp._id}
            icon="phone"
            name={name}
            addedTime={totp.verifiedTime}
            question={`Remove ${name}?`}
            consequence="Its codes do not let you in any more."
            remove={() => remove({ totpId: totp._id })}
            onDone={say}
          />
        );
      }}
      add={{
        text: "Add an authenticator app",
        kind: totps.length === 0 ? "primary" : "secondary",
        title: "Add an authenticator app",
        done: "The app is set up.",
      }}
      form={(onDone, close) => (
        <TotpSetupForm onDone={onDone}>
          <Button onClick={close}>Cancel</Button>
        </TotpSetupForm>
      )}
    />
  );
}
