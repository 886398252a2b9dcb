import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { SignedOutBar } from "../signedOut/SignedOutBar";
import { Button } from "../ui/Button";
import { PageFooter } from "../ui/PageFooter";
import { PageHeading } from "../ui/PageHeading";
import { Panel } from "../ui/Panel";
import { EmailCodeSetupForm } from "./EmailCodeSetupForm";
import { EnrollPasskey } from "./EnrollPasskey";
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
        <EnrollPasskey />
        <div className="form-actions">
          <Button onClick={() => void signOut()}>Sign out</Button>
        </div>
      </main>
      <PageFooter />
    </>
  );
}
