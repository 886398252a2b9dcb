import { useAction, useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { exactTime } from "../../relativeTime";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { Icon } from "../../ui/Icon";
import { RelativeTime } from "../../ui/RelativeTime";
import { useTask } from "../../ui/useTask";
import { allows, type Organization } from "../access";
import { RoleBadges } from "../RoleBadges";

type Invitation = FunctionReturnType<
  typeof api.invitations.listPending
>[number];

/** One invitation that waits for an answer. */
export function InvitationItem({
  invitation,
  organization: { _id: groupId, permissions },
  onDone,
}: {
  invitation: Invitation;
  organization: Organization;
  /** Called with what there is to say. */
  onDone: (text: string) => void;
}): ReactNode {
  const { _id: inviteId, email, roles, inviter, isYours } = invitation;
  const revoke = useMutation(api.invitations.revoke);
  const resend = useAction(api.invitations.resend);
  const revoking = useTask();
  const sending = useTask();
  const name = email ?? "Link";

  async function resendIt(): Promise<void> {
    if (await sending.run(() => resend({ groupId, inviteId }))) {
      onDone(`Sent again to ${name}. The link before does not work any more.`);
    }
  }

  async function revokeIt(): Promise<void> {
    if (await revoking.run(() => revoke({ groupId, inviteId }))) {
      onDone(`The invitation was revoked.`);
    }
  }

  return (
    <li className="row">
      <span className="row-icon">
        <Icon name={email === undefined ? "link" : "mail"} />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{name}</strong>
          <RoleBadges roles={roles} />
          {email === undefined && <Uses invitation={invitation} />}
        </p>
        <p className="details">
          <span>
            {inviter}, <RelativeTime time={invitation._creationTime} />
          </span>
          <span>Expires {exactTime(invitation.expiresTime)}</span>
        </p>
        <FailureNotice failure={sending.failure ?? revoking.failure} />
      </div>
      <div className="row-actions">
        {email !== undefined && allows(permissions, "invitation", "create") && (
          <Button
            isBusy={sending.isBusy}
            aria-label={`Send again to ${email}`}
            onClick={() => void resendIt()}
          >
            Send again
          </Button>
        )}
        {(isYours || allows(permissions, "invitation", "cancel")) && (
          <Button
            kind="danger"
            isBusy={revoking.isBusy}
            aria-label={
              email === undefined
                ? "Revoke link"
                : `Revoke invitation of ${email}`
            }
            onClick={() => void revokeIt()}
          >
            Revoke
          </Button>
        )}
      </div>
    </li>
  );
}

function Uses({ invitation }: { invitation: Invitation }): ReactNode {
  return (
    <span className="badge">
      {invitation.uses} of {invitation.maxUses} used
    </span>
  );
}
