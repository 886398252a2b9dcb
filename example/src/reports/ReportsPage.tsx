import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { accessKey, allows, type Organization } from "../organizations/access";
import { RoleBadges } from "../organizations/RoleBadges";
import { EmptyState } from "../ui/EmptyState";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { PageHeading } from "../ui/PageHeading";
import { Panel } from "../ui/Panel";
import { Skeleton } from "../ui/Skeleton";
import { PublishReportForm } from "./PublishReportForm";
import { ReportList } from "./ReportList";
import { useQuery } from "../useQuery";

/** What the active organization publishes, for those who may read it. */
export function ReportsPage(): ReactNode {
  const organizations = useQuery(api.organizations.list);
  const active = organizations?.find(({ isActive }) => isActive);
  return (
    <>
      <PageHeading title="Reports">
        <p>
          {active === undefined
            ? "What an organization publishes for those who may read it."
            : `What ${active.name} publishes for those who may read it.`}
        </p>
      </PageHeading>
      {organizations === undefined ? (
        <Loading />
      ) : active === undefined ? (
        <NoOrganization hasSome={organizations.length > 0} />
      ) : (
        <OfOrganization groupId={active._id} />
      )}
    </>
  );
}

function Loading(): ReactNode {
  return (
    <div className="panel">
      <Skeleton lines={4} />
    </div>
  );
}

function NoOrganization({ hasSome }: { hasSome: boolean }): ReactNode {
  return (
    <EmptyState icon="building" title="No organization is active">
      <p>
        {hasSome
          ? "Choose the organization whose reports you want to see, at the top of the page."
          : "Reports belong to an organization. Create one, or have somebody invite you."}
      </p>
      <p>
        <Link to="/organizations">Your organizations</Link>
      </p>
    </EmptyState>
  );
}

function OfOrganization({ groupId }: { groupId: string }): ReactNode {
  const organization = useQuery(api.organizations.get, { groupId });
  if (organization === undefined) {
    return <Loading />;
  }
  if (organization === null) {
    return <NoOrganization hasSome />;
  }
  const { permissions, name } = organization;
  if (!allows(permissions, "report", "read")) {
    return <Locked organization={organization} />;
  }
  return (
    <ErrorBoundary resetKey={groupId + accessKey(permissions)}>
      {allows(permissions, "report", "publish") ? (
        <Panel
          title="Publish a report"
          description={`Everybody in ${name} who may read reports sees it at once.`}
        >
          <PublishReportForm key={groupId} groupId={groupId} />
        </Panel>
      ) : (
        <p className="locked-note">
          <Icon name="lock" />
          You may read reports. To publish some, you need a role like Editor.
        </p>
      )}
      <ReportList />
    </ErrorBoundary>
  );
}

function Locked({ organization }: { organization: Organization }): ReactNode {
  const { name, roles, secondFactorRequired } = organization;
  return (
    <EmptyState icon="lock" title="Reports are locked for you">
      {secondFactorRequired ? (
        <p>
          {name} asks its members for a second factor, and your account has
          none.
        </p>
      ) : (
        <>
          <p>
            Your role in {name} does not include reading reports:{" "}
            <span className="badges">
              <RoleBadges roles={roles} />
            </span>
          </p>
          <p>
            An owner or admin can make you a Reader or an Editor. This page
            opens by itself then.
          </p>
        </>
      )}
    </EmptyState>
  );
}
