import { useRef, useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Skeleton } from "../../ui/Skeleton";
import type { Organization } from "../access";
import { InvitationItem } from "./InvitationItem";
import { useQuery } from "../../useQuery";

/** The invitations that wait for an answer, live. */
export function PendingInvitations({
  organization,
}: {
  organization: Organization;
}): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState("");
  const invitations = useQuery(api.invitations.listPending, {
    groupId: organization._id,
  });
  if (invitations === undefined) {
    return <Skeleton lines={3} />;
  }

  function say(text: string): void {
    setStatus(text);
    list.current?.focus({ preventScroll: true });
  }

  return (
    <div ref={list} tabIndex={-1}>
      {invitations.length === 0 ? (
        <p className="form-note">No invitation is pending.</p>
      ) : (
        <ul className="rows" aria-label="Pending invitations">
          {invitations.map((invitation) => (
            <InvitationItem
              key={invitation._id}
              invitation={invitation}
              organization={organization}
              onDone={say}
            />
          ))}
        </ul>
      )}
      <p role="status" className="status-line">
        {status}
      </p>
    </div>
  );
}
