/** Permissions that are ticked in a form. */

import type { Permissions } from "../access";
import { RESOURCES } from "../roleText";

/** What is ticked, each as {@link permissionKey} writes it. */
export type ChosenPermissions = ReadonlySet<string>;

/** An action on a resource as one text. */
export function permissionKey(resource: string, action: string): string {
  return `${resource}:${action}`;
}

/**
 * The permissions that a role is made of.
 *
 * @param chosen - What is ticked.
 */
export function chosenPermissions(chosen: ChosenPermissions): Permissions {
  const entries = RESOURCES.map(({ resource, actions }): [string, string[]] => [
    resource,
    actions
      .map(({ action }) => action)
      .filter((action) => chosen.has(permissionKey(resource, action))),
  ]);
  return Object.fromEntries(
    entries.filter(([, actions]) => actions.length > 0),
  );
}
