import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { DialogButton } from "../ui/DialogButton";
import { EmptyState } from "../ui/EmptyState";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { CreateOrganizationForm } from "./CreateOrganizationForm";
import { Deletions } from "./Deletions";
import { OrganizationItem } from "./OrganizationItem";
import { useQuery } from "../useQuery";

/** The organizations of a person, live. */
export function OrganizationsPage(): ReactNode {
  return (
    <>
      <PageHeading title="Organizations">
        <p>Where you work with others. You act in one of them at a time.</p>
      </PageHeading>
      <Deletions />
      <Organizations />
    </>
  );
}

function Organizations(): ReactNode {
  const organizations = useQuery(api.organizations.list);
  if (organizations === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={4} />
      </div>
    );
  }
  if (organizations.length === 0) {
    return (
      <EmptyState icon="building" title="You belong to no organization yet">
        <p>
          Create one and invite others, or open the link of an invitation that
          you were sent.
        </p>
        <NewOrganizationButton />
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="panel rows" aria-label="Organizations">
        {organizations.map((organization) => (
          <OrganizationItem
            key={organization._id}
            organization={organization}
          />
        ))}
      </ul>
      <div className="form-actions">
        <NewOrganizationButton />
      </div>
    </>
  );
}

function NewOrganizationButton(): ReactNode {
  return (
    <DialogButton
      text="New organization"
      icon="plus"
      kind="primary"
      title="Create an organization"
    >
      {(close) => <CreateOrganizationForm close={close} />}
    </DialogButton>
  );
}
