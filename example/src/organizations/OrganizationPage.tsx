import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { redirect, type OrganizationRoute } from "../router";
import { EmptyState } from "../ui/EmptyState";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Link } from "../ui/Link";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { accessKey, type Organization } from "./access";
import { countOf } from "./countOf";
import { GroupsTab } from "./groups/GroupsTab";
import { InvitationsTab } from "./invitations/InvitationsTab";
import { KeysTab } from "./keys/KeysTab";
import { MembersTab } from "./members/MembersTab";
import { OrganizationActivity } from "./OrganizationActivity";
import { OrganizationTabs, TABS } from "./OrganizationTabs";
import { RoleBadges } from "./RoleBadges";
import { RolesTab } from "./roles/RolesTab";
import { SettingsTab } from "./settings/SettingsTab";
import { useQuery } from "../useQuery";

/** One organization, live: also that it is over for who is removed. */
export function OrganizationPage({
  route,
}: {
  route: OrganizationRoute;
}): ReactNode {
  const organization = useQuery(api.organizations.get, {
    groupId: route.organizationId,
  });
  if (organization === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={4} />
      </div>
    );
  }
  if (organization === null) {
    return <NoAccess />;
  }
  return <Present organization={organization} route={route} />;
}

function Present({
  organization,
  route,
}: {
  organization: Organization;
  route: OrganizationRoute;
}): ReactNode {
  const { name, roles, counts, secondFactorRequired, permissions } =
    organization;
  const tab = TABS[route.tab];
  return (
    <>
      <PageHeading title={name} documentTitle={`${tab.label} · ${name}`}>
        <p className="page-heading-facts">
          <span>{countOf(counts.members, "member")}</span>
          <span className="badges">
            <span className="visually-hidden">Your roles: </span>
            <RoleBadges roles={roles} />
          </span>
        </p>
      </PageHeading>
      {secondFactorRequired ? (
        <EmptyState icon="lock" title="A second factor is needed">
          <p>
            {name} asks its members for a second factor, and your account has
            none.
          </p>
        </EmptyState>
      ) : (
        <>
          <OrganizationTabs organization={organization} present={route.tab} />
          {tab.isAllowed(permissions) ? (
            <ErrorBoundary key={route.tab} resetKey={accessKey(permissions)}>
              <Tab organization={organization} route={route} />
            </ErrorBoundary>
          ) : (
            <EmptyState icon="lock" title="Your role does not include this">
              <p>
                An owner of {name} can give you another one. This page opens by
                itself then.
              </p>
            </EmptyState>
          )}
        </>
      )}
    </>
  );
}

function Tab({
  organization,
  route,
}: {
  organization: Organization;
  route: OrganizationRoute;
}): ReactNode {
  switch (route.tab) {
    case "members":
      return <MembersTab organization={organization} />;
    case "groups":
      return <GroupsTab organization={organization} groupId={route.groupId} />;
    case "invitations":
      return <InvitationsTab organization={organization} />;
    case "roles":
      return <RolesTab organization={organization} />;
    case "keys":
      return <KeysTab organization={organization} />;
    case "activity":
      return <OrganizationActivity organization={organization} />;
    case "settings":
      return (
        <SettingsTab
          organization={organization}
          onDeletion={() => redirect("/organizations")}
        />
      );
  }
}

function NoAccess(): ReactNode {
  return (
    <>
      <PageHeading title="No access" />
      <EmptyState icon="lock" title="You have no access to this organization">
        <p>
          It was deleted, or you are not a member of it, or not any more. An
          invitation lets you in.
        </p>
        <p>
          <Link to="/organizations">Your organizations</Link>
        </p>
      </EmptyState>
    </>
  );
}
