import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { useQuery } from "../useQuery";
import { AuthenticatorApps } from "./AuthenticatorApps";
import { EmailCodes } from "./EmailCodes";
import { Passkeys } from "./Passkeys";
import { RecoveryCodes } from "./RecoveryCodes";
import { TrustedDevices } from "./TrustedDevices";
import type { SecondFactors } from "./secondFactors";

/** How the person signs in besides the password, live. */
export function SecurityPage({ email }: { email: string }): ReactNode {
  const factors = useQuery(api.secondFactors.status);
  return (
    <>
      <PageHeading title="Security">
        <p>
          With a passkey you sign in by your fingerprint, your face or a PIN.
          There is nothing to remember, and nothing that others could ask you
          for.
        </p>
      </PageHeading>
      <Passkeys />
      <h2 className="section-heading">Second factor</h2>
      <p className="section-text">
        Whoever learns your password cannot sign in without it.
      </p>
      {factors === undefined ? (
        <div className="panel">
          <Skeleton lines={4} />
        </div>
      ) : (
        <>
          <AuthenticatorApps totps={factors.totps} />
          <EmailCodes codes={factors.codes} email={email} />
          {isAskedForSecondFactor(factors) && (
            <>
              <RecoveryCodes left={factors.recoveryCodesLeft} />
              <TrustedDevices devices={factors.trustedDevices} />
            </>
          )}
        </>
      )}
    </>
  );
}

/**
 * Whether the person needs a second factor to sign in. A passkey alone is only
 * another way in beside the password, and has no recovery codes.
 */
function isAskedForSecondFactor({
  totps,
  codes,
  recoveryCodesLeft,
}: SecondFactors): boolean {
  return totps.length + codes.length + recoveryCodesLeft > 0;
}
