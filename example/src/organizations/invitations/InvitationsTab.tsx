import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Panel } from "../../ui/Panel";
import { Skeleton } from "../../ui/Skeleton";
import { allows, type Organization } from "../access";
import { InviteByEmailForm } from "./InviteByEmailForm";
import { InviteByLinkForm } from "./InviteByLinkForm";
import { PendingInvitations } from "./PendingInvitations";
import { useQuery } from "../../useQuery";

/** Inviting people, and what became of it. */
export function InvitationsTab({
  organization,
}: {
  organization: Organization;
}): ReactNode {
  return (
    <>
      {allows(organization.permissions, "invitation", "create") && (
        <InviteForms organization={organization} />
      )}
      <Panel
        title="Pending invitations"
        description="Those that nobody has accepted yet. The list is live."
      >
        <PendingInvitations organization={organization} />
      </Panel>
    </>
  );
}

function InviteForms({
  organization: { _id },
}: {
  organization: Organization;
}): ReactNode {
  const roles = useQuery(api.roles.list, { groupId: _id });
  return (
    <div className="columns">
      <Panel
        title="Invite by e-mail"
        description="One person gets a link that only this address can use."
      >
        {roles === undefined ? (
          <Skeleton lines={3} />
        ) : (
          <InviteByEmailForm groupId={_id} roles={roles} />
        )}
      </Panel>
      <Panel
        title="Invite by link"
        description="You share the link; whoever has it can join."
      >
        {roles === undefined ? (
          <Skeleton lines={3} />
        ) : (
          <InviteByLinkForm groupId={_id} roles={roles} />
        )}
      </Panel>
    </div>
  );
}
