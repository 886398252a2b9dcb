import { useAuth, useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { SignedOutBar } from "../signedOut/SignedOutBar";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { PageFooter } from "../ui/PageFooter";
import { PageHeading } from "../ui/PageHeading";
import { Panel } from "../ui/Panel";
import { useTask } from "../ui/useTask";
import { EmailCodeSetupForm } from "./EmailCodeSetupForm";
import { TotpSetupForm } from "./TotpSetupForm";

/** For people who have to set up a second factor before anything else. */
export function EnrollPage({ email }: { email: string }): ReactNode {
  const { signOut } = useAuth();
  const [method, setMethod] = useState<"totp" | "emailCode">("totp");
  // The session that replaces this one brings another page.
  const done = () => undefined;
  return (
    <>
      <SignedOutBar />
      <main className="page">
        <PageHeading title="Set up a second factor">
          <p>
            This app asks everybody for a second proof besides the password. Set
            one up to go on.
          </p>
        </PageHeading>
        {method === "totp" ? (
          <Panel
            title="Authenticator app"
            description="An app on your phone shows a new code every 30 seconds."
          >
            <TotpSetupForm onDone={done}>
              <Button kind="plain" onClick={() => setMethod("emailCode")}>
                Use codes by e-mail instead
              </Button>
            </TotpSetupForm>
          </Panel>
        ) : (
          <Panel
            title="Codes by e-mail"
            description="We send you a code each time you sign in."
          >
            <EmailCodeSetupForm email={email} onDone={done}>
              <Button kind="plain" onClick={() => setMethod("totp")}>
                Use an authenticator app instead
              </Button>
            </EmailCodeSetupForm>
          </Panel>
        )}
        <PasskeyChoice />
        <div className="form-actions">
          <Button onClick={() => void signOut()}>Sign out</Button>
        </div>
      </main>
      <PageFooter />
    </>
  );
}

function PasskeyChoice(): ReactNode {
  const { passkey } = useAuthClient();
  const { run, isBusy, failure } = useTask();
  return passkey.isSupported() ? (
    <Panel
      title="Passkey"
      description="Your fingerprint, your face or a PIN is enough then. Your browser asks for it twice: to make it, and to sign in with it."
    >
      <div className="form">
        <FailureNotice failure={failure} />
        <div className="form-actions">
          <Button
            isBusy={isBusy}
            onClick={() =>
              void run(async () => {
                await passkey.register();
                // The passkey has to be proved before the session is good for
                // anything else.
                await passkey.signIn();
              })
            }
          >
            Add a passkey
          </Button>
        </div>
      </div>
    </Panel>
  ) : null;
}
