import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { DialogButton } from "../../ui/DialogButton";
import { Skeleton } from "../../ui/Skeleton";
import { useStatus } from "../../ui/useStatus";
import { allows, type Organization } from "../access";
import { CreateRoleForm } from "./CreateRoleForm";
import { RoleItem } from "./RoleItem";
import { useQuery } from "../../useQuery";

/** The roles of the app and of the organization. */
export function RolesTab({
  organization,
}: {
  organization: Organization;
}): ReactNode {
  const { _id, name, permissions } = organization;
  const roles = useQuery(api.roles.list, { groupId: _id });
  const { place, text, say } = useStatus<HTMLUListElement>();
  if (roles === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={6} />
      </div>
    );
  }
  return (
    <>
      <ul ref={place} tabIndex={-1} className="panel rows" aria-label="Roles">
        {roles.map((role) => (
          <RoleItem
            key={role.role}
            role={role}
            organization={organization}
            onDeleted={say}
          />
        ))}
      </ul>
      {allows(permissions, "role", "create") && (
        <div className="form-actions">
          <DialogButton
            text="New role"
            icon="plus"
            title={`New role in ${name}`}
          >
            {(close) => (
              <CreateRoleForm
                groupId={_id}
                permissions={permissions}
                close={close}
              />
            )}
          </DialogButton>
        </div>
      )}
      <p role="status" className="status-line">
        {text}
      </p>
    </>
  );
}
