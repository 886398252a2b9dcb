/** What somebody may do in an organization or a group. */

import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** An organization, with what the signed-in person may do there. */
export type Organization = NonNullable<
  FunctionReturnType<typeof api.organizations.get>
>;

/** A role, as the server lists it. */
export type Role = FunctionReturnType<typeof api.roles.list>[number];

/** What is allowed. */
export type Permissions = Organization["permissions"];

/** What can be done with a resource. */
export type Action<Resource extends keyof Permissions> = NonNullable<
  Permissions[Resource]
>[number];

/**
 * Tells whether something is allowed. Only for what a page offers: the server
 * decides again.
 *
 * @param permissions - What the person may do.
 */
export function allows<Resource extends keyof Permissions>(
  permissions: Permissions,
  resource: Resource,
  action: Action<Resource>,
): boolean {
  const actions: readonly string[] = permissions[resource] ?? [];
  return actions.includes(action);
}

/**
 * A text that changes whenever what is allowed does: pages ask again then.
 *
 * @param permissions - What the person may do.
 */
export function accessKey(permissions: Permissions): string {
  return JSON.stringify(permissions);
}
