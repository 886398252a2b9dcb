import { definePermissions } from "convex-gatehouse/server";
import { v, type Infer } from "convex/values";

/** What can be done with reports, besides all that is built in. */
const reportActions = ["read", "publish"] as const;

/** Some of the actions on a resource. */
function actions<Action extends string>(...names: readonly Action[]) {
  const literals = names.map((name) => v.literal(name));
  return v.optional(v.array(v.union(...literals)));
}

/** Permissions as arguments and results of this app's functions. */
export const permissionsValidator = v.object({
  organization: actions("update", "delete", "security"),
  member: actions("create", "update", "delete"),
  invitation: actions("create", "read", "cancel"),
  team: actions("create", "update", "delete"),
  role: actions("create", "read", "update", "delete"),
  apiKey: actions("create", "read", "update", "delete"),
  report: actions(...reportActions),
});

/** What somebody may do: actions by resource. */
export type Permissions = Infer<typeof permissionsValidator>;

/**
 * The roles that this app defines. `admin` is built in; here it takes the place
 * of the built-in one, since admins are to handle reports, too.
 */
export const appRoles: Record<"admin" | "editor" | "reader", Permissions> = {
  admin: {
    organization: ["update"],
    member: ["create", "update", "delete"],
    invitation: ["create", "read", "cancel"],
    team: ["create", "update", "delete"],
    role: ["create", "read", "update", "delete"],
    apiKey: ["create", "read", "update", "delete"],
    report: ["read", "publish"],
  },
  editor: { role: ["read"], report: ["read", "publish"] },
  reader: { role: ["read"], report: ["read"] },
};

/** For `createAuth`. */
export const permissions = definePermissions({
  resources: { report: reportActions },
  roles: appRoles,
});
