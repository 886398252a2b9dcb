import { useAuth } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { SignedOutBar } from "../signedOut/SignedOutBar";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { Notice } from "../ui/Notice";
import { PageFooter } from "../ui/PageFooter";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { OutboxEmail } from "./OutboxEmail";
import { useQuery } from "../useQuery";

/** The e-mails that the demo would have sent. */
export function OutboxPage(): ReactNode {
  const { isAuthenticated } = useAuth();
  return (
    <>
      <SignedOutBar
        link={
          <Link to="/" className="bar-link">
            <Icon name={isAuthenticated ? "user" : "signIn"} />
            {isAuthenticated ? "Your account" : "Sign in"}
          </Link>
        }
      />
      <main className="page">
        <PageHeading title="Outbox">
          <p>The e-mails of this demo, newest first, as they are sent.</p>
        </PageHeading>
        <Notice icon="alert">
          This page exists in the demo only: everybody can read the codes and
          open the invitations here. A real app hands its e-mails to a mail
          service.
        </Notice>
        <ErrorBoundary>
          <Emails />
        </ErrorBoundary>
      </main>
      <PageFooter />
    </>
  );
}

function Emails(): ReactNode {
  const emails = useQuery(api.outbox.list);
  if (emails === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={4} />
      </div>
    );
  }
  if (emails.length === 0) {
    return (
      <div className="panel empty">
        <Icon name="mail" />
        <p>
          <strong>No e-mails yet</strong>
        </p>
        <p>Create an account, and the first one appears here.</p>
      </div>
    );
  }
  return (
    <ul className="emails" aria-label="E-mails" aria-live="polite">
      {emails.map((email) => (
        <li key={email._id}>
          <OutboxEmail email={email} />
        </li>
      ))}
    </ul>
  );
}
