/** Roles and permissions in words. */

import type { Action, Permissions } from "./access";

const ROLES: Readonly<Record<string, { name: string; description: string }>> = {
  owner: { name: "Owner", description: "May do everything" },
  admin: {
    name: "Admin",
    description: "Handles members, groups, roles, API keys and reports",
  },
  editor: { name: "Editor", description: "Publishes reports" },
  reader: { name: "Reader", description: "Reads reports" },
  member: { name: "Member", description: "Belongs to the organization" },
};

/**
 * A role's name as people say it.
 *
 * @param role - Its name as it is stored.
 */
export function roleName(role: string): string {
  return ROLES[role]?.name ?? role;
}

/**
 * What a role is for, in a few words.
 *
 * @param role - The role, as the server lists it.
 */
export function roleDescription({
  role,
  description,
}: {
  role: string;
  description?: string;
}): string | undefined {
  return description ?? ROLES[role]?.description;
}

/** A kind of thing, and what can be done with it. */
export type ResourceText = {
  [Resource in keyof Required<Permissions>]: {
    resource: Resource;
    name: string;
    actions: readonly { action: Action<Resource>; name: string }[];
  };
}[keyof Permissions];

/** Everything that a role can allow. */
export const RESOURCES: readonly ResourceText[] = [
  {
    resource: "report",
    name: "Reports",
    actions: [
      { action: "read", name: "read" },
      { action: "publish", name: "publish" },
    ],
  },
  {
    resource: "member",
    name: "Members",
    actions: [
      { action: "create", name: "add" },
      { action: "update", name: "change roles" },
      { action: "delete", name: "remove" },
    ],
  },
  {
    resource: "invitation",
    name: "Invitations",
    actions: [
      { action: "create", name: "invite" },
      { action: "read", name: "see" },
      { action: "cancel", name: "revoke" },
    ],
  },
  {
    resource: "team",
    name: "Groups",
    actions: [
      { action: "create", name: "add" },
      { action: "update", name: "rename and move" },
      { action: "delete", name: "delete" },
    ],
  },
  {
    resource: "role",
    name: "Roles",
    actions: [
      { action: "read", name: "see" },
      { action: "create", name: "create" },
      { action: "update", name: "change" },
      { action: "delete", name: "delete" },
    ],
  },
  {
    resource: "apiKey",
    name: "API keys",
    actions: [
      { action: "read", name: "see" },
      { action: "create", name: "create" },
      { action: "update", name: "change" },
      { action: "delete", name: "delete" },
    ],
  },
  {
    resource: "organization",
    name: "Organization",
    actions: [
      { action: "update", name: "rename" },
      { action: "security", name: "change safety settings" },
      { action: "delete", name: "delete" },
    ],
  },
];

/**
 * What permissions allow, one line for each kind of thing.
 *
 * @param permissions - What is allowed.
 */
export function permissionLines(
  permissions: Permissions,
): readonly { name: string; actions: string }[] {
  return RESOURCES.flatMap(({ resource, name, actions }) => {
    const held: readonly string[] = permissions[resource] ?? [];
    const names = actions
      .filter(({ action }) => held.includes(action))
      .map((action) => action.name);
    return names.length === 0 ? [] : [{ name, actions: names.join(", ") }];
  });
}
