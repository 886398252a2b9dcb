import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { AccountPages } from "./account/AccountPages";
import type { Farewell } from "./farewell";
import { OutboxPage } from "./outbox/OutboxPage";
import { usePath } from "./router";
import { EnrollPage } from "./secondFactor/EnrollPage";
import { RecoveryCodesProvider } from "./secondFactor/RecoveryCodesProvider";
import { WelcomePage } from "./signedOut/WelcomePage";
import { ConnectionNotice } from "./ui/ConnectionNotice";
import { ErrorBoundary } from "./ui/ErrorBoundary";
import { LoadingPage } from "./ui/LoadingPage";

/** The demo: the outbox is open to everybody, the rest depends on who you are. */
export function App(): ReactNode {
  const path = usePath();
  return (
    <>
      <ConnectionNotice />
      {path === "/outbox" ? (
        <OutboxPage />
      ) : (
        <RecoveryCodesProvider>
          <SignedInOrOut />
        </RecoveryCodesProvider>
      )}
    </>
  );
}

function SignedInOrOut(): ReactNode {
  const { phase, sessionId, mustEnroll, reason, error } = useAuth();
  // What only this page knows of the person who was signed in until just now.
  const [farewell, setFarewell] = useState<Farewell>({
    email: "",
    wasDeleted: false,
  });
  switch (phase) {
    case "loading":
    case "handshake":
      return <LoadingPage error={error} />;
    case "unauthenticated":
      return (
        <WelcomePage
          email={farewell.email}
          ending={farewell.wasDeleted ? "deleted" : reason}
          error={error}
        />
      );
    case "authenticated":
      if (mustEnroll) {
        return <EnrollPage email={farewell.email} />;
      }
      return (
        // Who proves again who they are gets another session on the same page.
        <ErrorBoundary resetKey={sessionId ?? ""}>
          <AccountPages onFarewell={setFarewell} />
        </ErrorBoundary>
      );
  }
}
