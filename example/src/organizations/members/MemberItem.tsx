import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Avatar } from "../../ui/Avatar";
import { ConfirmForm } from "../../ui/ConfirmForm";
import { DialogButton } from "../../ui/DialogButton";
import { RelativeTime } from "../../ui/RelativeTime";
import { allows, type Permissions } from "../access";
import { RoleBadges } from "../RoleBadges";
import { ChangeRolesForm } from "./ChangeRolesForm";
import type { Member } from "./member";

/** Where the members are, and what may be done there. */
export interface MemberListContext {
  groupId: string;
  groupName: string;
  permissions: Permissions;
  /** Whether the person who looks is an owner. */
  isOwner: boolean;
  /** Called with what there is to say after somebody was removed. */
  onRemoved: (text: string) => void;
  /** Called after the person has left. */
  onLeft?: () => void;
}

/** One member, and what can be done about the membership. */
export function MemberItem({
  member,
  context,
}: {
  member: Member;
  context: MemberListContext;
}): ReactNode {
  const { name, email, roles, isYou } = member;
  const { permissions, isOwner } = context;
  // Owners are for owners to change.
  const isOpen = isOwner || !roles.includes("owner");
  return (
    <li className="row">
      <Avatar name={name} />
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{name}</strong>
          {isYou && <span className="badge">You</span>}
          <RoleBadges roles={roles} />
        </p>
        <p className="details">
          {email !== undefined && email !== name && (
            <span className="breakable">{email}</span>
          )}
          <span>
            Joined <RelativeTime time={member._creationTime} />
          </span>
        </p>
      </div>
      <div className="row-actions">
        {isOpen && allows(permissions, "member", "update") && (
          <DialogButton
            text="Change roles"
            label={`Change roles of ${name}`}
            title={`Roles of ${name}`}
          >
            {(close) => (
              <ChangeRolesForm
                member={member}
                groupId={context.groupId}
                close={close}
              />
            )}
          </DialogButton>
        )}
        {isYou ? (
          <LeaveButton context={context} />
        ) : (
          isOpen &&
          allows(permissions, "member", "delete") && (
            <RemoveButton member={member} context={context} />
          )
        )}
      </div>
    </li>
  );
}

function RemoveButton({
  member: { _id, name },
  context: { groupId, groupName, onRemoved },
}: {
  member: Member;
  context: MemberListContext;
}): ReactNode {
  const remove = useMutation(api.members.remove);
  return (
    <DialogButton
      text="Remove"
      label={`Remove ${name}`}
      kind="danger"
      title={`Remove ${name}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Remove"
          close={close}
          onConfirm={async () => {
            await remove({ groupId, memberId: _id });
            onRemoved(`${name} is not a member of ${groupName} any more.`);
          }}
        >
          <p>
            {name} leaves {groupName} and all groups below it, at once. Another
            invitation brings them back.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}

function LeaveButton({
  context: { groupId, groupName, onLeft },
}: {
  context: MemberListContext;
}): ReactNode {
  const leave = useMutation(api.members.leave);
  return (
    <DialogButton
      text="Leave"
      label={`Leave ${groupName}`}
      kind="danger"
      title={`Leave ${groupName}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Leave"
          texts={{
            LAST_OWNER: `You are the only owner of ${groupName}, and it needs one. Make somebody else an owner first, or delete it in its settings.`,
          }}
          close={close}
          onConfirm={async () => {
            await leave({ groupId });
            onLeft?.();
          }}
        >
          <p>
            You leave {groupName} and all groups below it, at once. To come
            back, you need an invitation.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}
