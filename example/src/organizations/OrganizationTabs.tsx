import type { ReactNode } from "react";
import {
  ORGANIZATION_TABS,
  organizationPath,
  type OrganizationTab,
} from "../router";
import { Link } from "../ui/Link";
import { allows, type Organization, type Permissions } from "./access";

/** What a part of an organization's page is called, and who may see it. */
interface Tab {
  label: string;
  isAllowed: (permissions: Permissions) => boolean;
  /** How many things wait there. */
  count?: (organization: Organization) => number;
}

/** The parts of an organization's page. */
export const TABS: Readonly<Record<OrganizationTab, Tab>> = {
  members: { label: "Members", isAllowed: () => true },
  groups: { label: "Groups", isAllowed: () => true },
  invitations: {
    label: "Invitations",
    isAllowed: (permissions) => allows(permissions, "invitation", "read"),
    count: ({ counts }) => counts.pendingInvites,
  },
  roles: {
    label: "Roles",
    isAllowed: (permissions) => allows(permissions, "role", "read"),
  },
  keys: {
    label: "API keys",
    isAllowed: (permissions) => allows(permissions, "apiKey", "read"),
  },
  activity: {
    label: "Activity",
    isAllowed: (permissions) => allows(permissions, "organization", "update"),
  },
  settings: {
    label: "Settings",
    isAllowed: (permissions) => allows(permissions, "organization", "update"),
  },
};

/** Links to the parts that the person may see. */
export function OrganizationTabs({
  organization,
  present,
}: {
  organization: Organization;
  present: OrganizationTab;
}): ReactNode {
  const { _id, permissions } = organization;
  const shown = ORGANIZATION_TABS.filter(
    (tab) => tab === present || TABS[tab].isAllowed(permissions),
  );
  return (
    <nav className="subtabs" aria-label="Organization">
      {shown.map((tab) => {
        const { label, count } = TABS[tab];
        const waiting = count?.(organization) ?? 0;
        return (
          <Link
            key={tab}
            to={organizationPath(_id, tab)}
            aria-current={tab === present ? "page" : undefined}
          >
            {label}
            {waiting > 0 && (
              <span className="count">
                {waiting}
                <span className="visually-hidden"> pending</span>
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
