import { useMutation } from "convex/react";
import { useId, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import {
  navigate,
  organizationPath,
  readOrganizationPath,
  usePath,
} from "../router";
import { useQuery } from "../useQuery";

/**
 * Chooses the organization in which the person acts; live on all devices. Who
 * belongs to none sees nothing of it.
 */
export function OrganizationSwitcher(): ReactNode {
  const id = useId();
  const route = readOrganizationPath(usePath());
  const organizations = useQuery(api.organizations.list) ?? [];
  const setActive = useMutation(
    api.organizations.setActive,
  ).withOptimisticUpdate((store, { groupId }) => {
    const present = store.getQuery(api.organizations.list);
    if (present !== undefined) {
      store.setQuery(
        api.organizations.list,
        {},
        present.map((organization) => ({
          ...organization,
          isActive: organization._id === groupId,
        })),
      );
    }
  });
  if (organizations.length === 0) {
    return null;
  }
  const active = organizations.find(({ isActive }) => isActive);

  function change(groupId: string): void {
    // If it fails, the list says so by what it shows as active.
    void setActive({ groupId }).catch(() => {});
    if (route !== null) {
      navigate(organizationPath(groupId));
    }
  }

  return (
    <div className="switcher">
      <label htmlFor={id} className="visually-hidden">
        Active organization
      </label>
      <select
        id={id}
        className="select"
        value={active?._id ?? ""}
        onChange={(event) => change(event.target.value)}
      >
        {active === undefined && (
          <option value="" disabled>
            Choose an organization
          </option>
        )}
        {organizations.map(({ _id, name }) => (
          <option key={_id} value={_id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
