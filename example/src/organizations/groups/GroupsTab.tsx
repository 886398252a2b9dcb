import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { redirect, groupPath } from "../../router";
import { Panel } from "../../ui/Panel";
import { Skeleton } from "../../ui/Skeleton";
import { allows, type Organization } from "../access";
import { Deletions } from "../Deletions";
import { AddGroupButton } from "./AddGroupButton";
import { GroupDetail } from "./GroupDetail";
import { GroupTree } from "./GroupTree";
import { useQuery } from "../../useQuery";

/** The tree of groups, and the one that is chosen. */
export function GroupsTab({
  organization,
  groupId,
}: {
  organization: Organization;
  groupId: string | null;
}): ReactNode {
  const { _id, name, permissions, height } = organization;
  const chosen = useQuery(
    api.groups.get,
    groupId === null ? "skip" : { groupId },
  );
  const path = chosen?.above.map((group) => group._id) ?? [];
  return (
    <div className="groups">
      <Deletions organizationId={_id} />
      <Panel
        title="Groups"
        description="Who belongs to a group belongs to all groups below it."
      >
        {height === 0 ? (
          <p className="form-note">
            There are no groups yet. Departments, teams and projects could be
            some.
          </p>
        ) : (
          <GroupTree
            organizationId={_id}
            name={name}
            presentId={groupId}
            path={path}
          />
        )}
        {allows(permissions, "team", "create") && (
          <div className="form-actions groups-actions">
            <AddGroupButton
              organizationId={_id}
              parentId={_id}
              parentName={name}
            />
          </div>
        )}
      </Panel>
      {groupId !== null && (
        <Chosen key={groupId} organization={organization} groupId={groupId} />
      )}
    </div>
  );
}

function Chosen({
  organization,
  groupId,
}: {
  organization: Organization;
  groupId: string;
}): ReactNode {
  const { _id, name } = organization;
  const group = useQuery(api.groups.get, { groupId });
  if (group === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={4} />
      </div>
    );
  }
  // A link may name a group of another organization that one belongs to, too.
  if (group === null || group.above[0]?._id !== _id) {
    return (
      <Panel title="This group is not there">
        <p className="form-note">
          It was deleted, or it is not a group of {name}. Choose another one.
        </p>
      </Panel>
    );
  }
  return (
    <GroupDetail
      organization={organization}
      group={group}
      onDeletion={() => redirect(groupPath(_id, _id))}
    />
  );
}
