import { useMutation } from "convex/react";
import { useAuth } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import type { Viewer } from "../account/viewer";
import { exactTime } from "../relativeTime";
import { redirect, organizationPath, useInvitationToken } from "../router";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { FailureNotice } from "../ui/FailureNotice";
import { Link } from "../ui/Link";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { useTask } from "../ui/useTask";
import { obstacle, offer, useInvitation, type Invitation } from "./invitation";

/** Accepting an invitation. */
export function JoinPage({ viewer }: { viewer: Viewer }): ReactNode {
  const token = useInvitationToken();
  const invitation = useInvitation(token);
  if (token !== null && invitation === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={4} />
      </div>
    );
  }
  const present = invitation ?? null;
  return (
    <>
      <PageHeading title="Invitation" />
      <Content viewer={viewer} token={token ?? ""} invitation={present} />
    </>
  );
}

function Content({
  viewer,
  token,
  invitation,
}: {
  viewer: Viewer;
  token: string;
  invitation: Invitation | null;
}): ReactNode {
  const email = invitation?.email;
  const isForAnother = email !== undefined && email !== viewer.email;
  if (isForAnother && obstacle(invitation) === null) {
    return <OtherAddress email={email} viewer={viewer} />;
  }
  // Who has joined with it need not hear that it is used up.
  if (invitation?.isMember === true && invitation.groupId !== undefined) {
    return (
      <EmptyState
        icon="check"
        title={`You are a member of ${invitation.groupName}`}
      >
        <p>There is nothing left to accept.</p>
        <p>
          <Link to={organizationPath(invitation.groupId)}>
            Go to {invitation.groupName}
          </Link>
        </p>
      </EmptyState>
    );
  }
  const found = obstacle(invitation);
  if (found !== null || invitation === null) {
    return (
      <EmptyState icon="mail" title={found?.title ?? ""}>
        <p>{found?.text}</p>
        <p>
          <Link to="/organizations">Your organizations</Link>
        </p>
      </EmptyState>
    );
  }
  return <Offer token={token} invitation={invitation} />;
}

function OtherAddress({
  email,
  viewer,
}: {
  email: string;
  viewer: Viewer;
}): ReactNode {
  const { signOut } = useAuth();
  const { run, isBusy } = useTask();
  return (
    <EmptyState icon="mail" title="This invitation is for another address">
      <p>
        It was sent to <strong className="breakable">{email}</strong>. You are
        signed in as{" "}
        <strong className="breakable">{viewer.email ?? "somebody else"}</strong>
        .
      </p>
      <Button
        kind="primary"
        isBusy={isBusy}
        onClick={() => void run(() => signOut())}
      >
        Sign out and use another account
      </Button>
    </EmptyState>
  );
}

function Offer({
  token,
  invitation,
}: {
  token: string;
  invitation: Invitation;
}): ReactNode {
  const accept = useMutation(api.invitations.accept);
  const { run, isBusy, failure } = useTask();
  const { groupName = "the app", expiresTime } = invitation;

  async function join(): Promise<void> {
    await run(async () => {
      const groupId = await accept({ token });
      redirect(groupId === null ? "/organizations" : organizationPath(groupId));
    });
  }

  return (
    <section className="panel offer" aria-labelledby="offer">
      <Avatar name={groupName} isSquare />
      <h2 id="offer" className="breakable">
        Join {groupName}
      </h2>
      <p className="breakable">{offer(invitation)}</p>
      <p className="form-note">Valid until {exactTime(expiresTime)}.</p>
      <FailureNotice failure={failure} />
      <div className="form-actions form-actions-centred">
        <Button kind="primary" isBusy={isBusy} onClick={() => void join()}>
          Join {groupName}
        </Button>
        <Link to="/organizations" className="bar-link">
          Not now
        </Link>
      </div>
    </section>
  );
}
