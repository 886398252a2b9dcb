import { useEffect, useRef, type ReactNode } from "react";
import { groupPath } from "../../router";
import { Link } from "../../ui/Link";
import { accessKey, allows, type Organization } from "../access";
import { MemberList } from "../members/MemberList";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { AddGroupButton } from "./AddGroupButton";
import { AddMemberButton } from "./AddMemberButton";
import { DeleteGroupButton } from "./DeleteGroupButton";
import type { Group } from "./group";
import { MoveGroupButton } from "./MoveGroupButton";
import { RenameGroupButton } from "./RenameGroupButton";

/** One group: where it is, what can be done with it, and who belongs to it. */
export function GroupDetail({
  organization,
  group,
  onDeletion,
}: {
  organization: Organization;
  group: Group;
  onDeletion: () => void;
}): ReactNode {
  const { _id, name, type, permissions } = group;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    // On a phone it is below the tree.
    heading.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const mayAdd = allows(permissions, "member", "create");
  return (
    <section className="group" aria-labelledby="group-heading">
      <header className="panel">
        <Above organizationId={organization._id} group={group} />
        <h2 id="group-heading" ref={heading} tabIndex={-1}>
          <span className="breakable">{name}</span>{" "}
          <span className="badge">{type === "team" ? "Team" : "Group"}</span>
        </h2>
        <GroupActions
          organization={organization}
          group={group}
          onDeletion={onDeletion}
        />
      </header>
      <ErrorBoundary resetKey={accessKey(permissions)}>
        <h3 className="list-heading">Members of this group</h3>
        <MemberList
          groupId={_id}
          groupName={name}
          permissions={permissions}
          isOwner={group.roles.includes("owner")}
          isEmptyText="Nobody has been added to this group itself. Members of the groups above belong to it anyway."
        />
        {mayAdd && (
          <div className="form-actions">
            <AddMemberButton organization={organization} group={group} />
          </div>
        )}
      </ErrorBoundary>
    </section>
  );
}

function Above({
  organizationId,
  group: { above },
}: {
  organizationId: string;
  group: Group;
}): ReactNode {
  return (
    <nav aria-label="Groups above">
      <ol className="above">
        {above.map(({ _id, name }) => (
          <li key={_id}>
            <Link to={groupPath(organizationId, _id)} className="breakable">
              {name}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function GroupActions({
  organization,
  group,
  onDeletion,
}: {
  organization: Organization;
  group: Group;
  onDeletion: () => void;
}): ReactNode {
  const { permissions } = group;
  const mayCreate = allows(permissions, "team", "create");
  const mayUpdate = allows(permissions, "team", "update");
  const mayDelete = allows(permissions, "team", "delete");
  if (!mayCreate && !mayUpdate && !mayDelete) {
    return null;
  }
  return (
    <div className="form-actions">
      {mayCreate && (
        <AddGroupButton
          organizationId={organization._id}
          parentId={group._id}
          parentName={group.name}
        />
      )}
      {mayUpdate && <RenameGroupButton group={group} />}
      {mayUpdate && mayCreate && (
        <MoveGroupButton organization={organization} group={group} />
      )}
      {mayDelete && <DeleteGroupButton group={group} onDeletion={onDeletion} />}
    </div>
  );
}
