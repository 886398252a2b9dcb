import type { FunctionReturnType } from "convex/server";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Button } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";
import { Skeleton } from "../ui/Skeleton";
import type { Organization } from "./access";
import { organizationEventText } from "./organizationEventText";
import { useQuery } from "../useQuery";

type Event = FunctionReturnType<
  typeof api.organizationEvents.list
>["items"][number];

/** What happened in an organization, newest first; live. */
export function OrganizationActivity({
  organization: { _id, name },
}: {
  organization: Organization;
}): ReactNode {
  const groupId = _id;
  const newest = useQuery(api.organizationEvents.list, {
    ...{ groupId, cursor: null },
  });
  if (newest?.items.length === 0) {
    return (
      <EmptyState icon="list" title="Nothing has happened yet">
        <p>Who joins, leaves or changes something will appear here.</p>
      </EmptyState>
    );
  }
  return (
    <ol className="panel rows" aria-label={`Events of ${name}`}>
      <EventPage groupId={groupId} cursor={null} />
    </ol>
  );
}

/** One page of events, and those after it as far as they were asked for. */
function EventPage({
  groupId,
  cursor,
}: {
  groupId: string;
  cursor: string | null;
}): ReactNode {
  const page = useQuery(api.organizationEvents.list, { groupId, cursor });
  const [hasMore, setMore] = useState(false);
  if (page === undefined) {
    return (
      <li className="row">
        <Skeleton lines={4} />
      </li>
    );
  }
  const { items, nextCursor } = page;
  return (
    <>
      {items.map((event) => (
        <EventItem key={event._id} event={event} />
      ))}
      {nextCursor !== null &&
        (hasMore ? (
          <EventPage groupId={groupId} cursor={nextCursor} />
        ) : (
          <li className="row row-centred">
            <Button onClick={() => setMore(true)}>Show more</Button>
          </li>
        ))}
    </>
  );
}

function EventItem({ event }: { event: Event }): ReactNode {
  const { text, icon } = organizationEventText(event);
  const isRefused = event.outcome === "refused";
  return (
    <li className="row">
      <span className={isRefused ? "row-icon row-icon-danger" : "row-icon"}>
        <Icon name={isRefused ? "alert" : icon} />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{text}</strong>
          {isRefused && <span className="badge badge-danger">Refused</span>}
        </p>
        <p className="details">
          <RelativeTime time={event._creationTime} />
          {event.code !== undefined && (
            <span className="breakable">{event.code}</span>
          )}
        </p>
      </div>
    </li>
  );
}
