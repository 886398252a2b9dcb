import { useAuth } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { AuditEventItem } from "./AuditEventItem";
import { useAuditTrail, type AuditTrail } from "./useAuditTrail";

/** What happened to the account. */
export function ActivityPage(): ReactNode {
  const trail = useAuditTrail();
  return (
    <>
      <PageHeading title="Activity">
        <p>
          What happened to your account, newest first. It is kept for 90 days.
        </p>
      </PageHeading>
      <Events trail={trail} />
    </>
  );
}

function Events({
  trail: { events, loadMore, isLoading, failure },
}: {
  trail: AuditTrail;
}): ReactNode {
  const { sessionId } = useAuth();
  if (events === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={6} />
      </div>
    );
  }
  if (events.length === 0) {
    return (
      <div className="panel empty">
        <Icon name="list" />
        <p>
          <strong>Nothing has happened yet</strong>
        </p>
        <p>Sign-ins, changes and failed tries will appear here.</p>
      </div>
    );
  }
  return (
    <>
      <ol className="panel rows" aria-label="Events">
        {events.map((event) => (
          <AuditEventItem
            key={event._id}
            event={event}
            isOfThisDevice={event.sessionId === sessionId}
          />
        ))}
      </ol>
      <FailureNotice failure={failure} />
      {loadMore !== null && (
        <div className="form-actions form-actions-centred">
          <Button isBusy={isLoading} onClick={() => void loadMore()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}
