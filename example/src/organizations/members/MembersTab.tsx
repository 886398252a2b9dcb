import type { ReactNode } from "react";
import { navigate, organizationPath, redirect } from "../../router";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { allows, type Organization } from "../access";
import { MemberList } from "./MemberList";

/** Who belongs to the organization. */
export function MembersTab({
  organization,
}: {
  organization: Organization;
}): ReactNode {
  const { _id, name, permissions, roles, counts } = organization;
  const isAlone = counts.members === 1;
  return (
    <>
      <MemberList
        groupId={_id}
        groupName={name}
        permissions={permissions}
        isOwner={roles.includes("owner")}
        onLeft={() => redirect("/organizations")}
      />
      {allows(permissions, "invitation", "create") && (
        <div className="form-actions">
          <Button
            kind={isAlone ? "primary" : "secondary"}
            onClick={() => navigate(organizationPath(_id, "invitations"))}
          >
            <Icon name="mail" />
            Invite people
          </Button>
          {isAlone && (
            <span className="form-note">Nobody else is here yet.</span>
          )}
        </div>
      )}
    </>
  );
}
