import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { Skeleton } from "../../ui/Skeleton";
import { useStatus } from "../../ui/useStatus";
import { MemberItem, type MemberListContext } from "./MemberItem";
import { useQuery } from "../../useQuery";

/** The members of an organization or a group, live. */
export function MemberList({
  isEmptyText,
  ...context
}: Omit<MemberListContext, "onRemoved"> & {
  /** What is said when there is nobody. */
  isEmptyText?: string;
}): ReactNode {
  const { place, text, say } = useStatus<HTMLUListElement>();
  return (
    <>
      <ul
        ref={place}
        tabIndex={-1}
        className="panel rows"
        aria-label={`Members of ${context.groupName}`}
      >
        <MemberPage
          context={{ ...context, onRemoved: say }}
          cursor={null}
          isEmptyText={isEmptyText}
        />
      </ul>
      <p role="status" className="status-line">
        {text}
      </p>
    </>
  );
}

/** One page of the list, and those after it as far as they were asked for. */
function MemberPage({
  context,
  cursor,
  isEmptyText,
}: {
  context: MemberListContext;
  cursor: string | null;
  isEmptyText?: string | undefined;
}): ReactNode {
  const { groupId } = context;
  const page = useQuery(api.members.list, { groupId, cursor });
  const [hasMore, setMore] = useState(false);
  if (page === undefined) {
    return (
      <li className="row">
        <Skeleton lines={3} />
      </li>
    );
  }
  const { items, nextCursor } = page;
  const isEmpty = items.length === 0 && cursor === null && nextCursor === null;
  return (
    <>
      {isEmpty && <li className="row row-note">{isEmptyText}</li>}
      {items.map((member) => (
        <MemberItem key={member._id} member={member} context={context} />
      ))}
      {nextCursor !== null &&
        (hasMore ? (
          <MemberPage context={context} cursor={nextCursor} />
        ) : (
          <li className="row row-centred">
            <Button onClick={() => setMore(true)}>Show more</Button>
          </li>
        ))}
    </>
  );
}
