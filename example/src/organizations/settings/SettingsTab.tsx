import type { ReactNode } from "react";
import { Panel } from "../../ui/Panel";
import { allows, type Organization } from "../access";
import { DeleteOrganization } from "./DeleteOrganization";
import { DemoPeople } from "./DemoPeople";
import { NamesForm } from "./NamesForm";
import { SafetyForm } from "./SafetyForm";

/** What can be changed about an organization. */
export function SettingsTab({
  organization,
  onDeletion,
}: {
  organization: Organization;
  onDeletion: () => void;
}): ReactNode {
  const { permissions } = organization;
  return (
    <>
      <Panel title="General">
        <NamesForm organization={organization} />
      </Panel>
      {allows(permissions, "organization", "security") && (
        <Panel
          title="Safety"
          description="So that nobody deletes the organization by a slip."
        >
          <SafetyForm organization={organization} />
        </Panel>
      )}
      {allows(permissions, "member", "create") && (
        <Panel
          title="Try it with many members"
          description="Takes made-up people in, for this demo only: see long lists, and how far the deletion of something large is."
        >
          <DemoPeople organization={organization} />
        </Panel>
      )}
      {allows(permissions, "organization", "delete") && (
        <Panel
          title="Delete organization"
          description="All groups, memberships and invitations go with it."
          isDangerous
        >
          <DeleteOrganization
            organization={organization}
            onDeletion={onDeletion}
          />
        </Panel>
      )}
    </>
  );
}
