import { type Infer, v } from "convex/values";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import {
  appRoles,
  type Permissions,
  permissionsValidator,
} from "./permissions";

/** How many roles of its own an organization can show. */
const SHOWN = 100;

/** The roles of this app, in the order in which they are shown. */
const APP_ROLES = ["admin", "editor", "reader"] as const;

/** What the built-in role allows that this app did not replace. */
const MEMBER: { role: string; permissions: Permissions } = {
  ...{ role: "member", permissions: { role: ["read"] } },
};

/** Permissions, whichever resources they are about. */
type Actions = Readonly<Record<string, readonly string[] | undefined>>;

const listedRole = v.object({
  role: v.string(),
  roleId: v.optional(v.string()),
  description: v.optional(v.string()),
  permissions: permissionsValidator,
  isGrantable: v.boolean(),
});
type ListedRole = Infer<typeof listedRole>;

/**
 * The roles that there are in a group: the app's and those of its organization.
 * `isGrantable` says which the caller can give, so that nobody picks one that
 * would be refused.
 */
export const list = authQuery({
  permissions: "member",
  args: {},
  returns: v.array(listedRole),
  handler: async (ctx) => {
    const { userId, groupId } = ctx;
    const [held, { ancestors }] = await Promise.all([
      auth.permission.list(ctx, { userId, groupId }),
      auth.group.ancestors(ctx, { groupId, includeSelf: true }),
    ]);
    // An organization's own roles can be given in all groups below it.
    const organizationId = ancestors.at(-1)?._id ?? groupId;
    const { items } = await auth.role.list(ctx, {
      ...{ groupId: organizationId, limit: SHOWN },
    });
    const isOwner = held.roles.includes("owner");
    const appRoleList = APP_ROLES.map((role) => ({
      ...{ role, permissions: appRoles[role] },
    }));
    const own = items.map(({ _id, role, description, permissions }) => ({
      ...{ role, roleId: _id, description, permissions },
    }));
    const others: ListedRole[] = [...appRoleList, MEMBER, ...own].map(
      (role) => ({
        ...role,
        isGrantable: includes(held.permissions, role.permissions),
      }),
    );
    // An owner may do everything, and only owners make owners.
    const owner: ListedRole = {
      ...{ role: "owner", permissions: {}, isGrantable: isOwner },
    };
    return [owner, ...others];
  },
});

/** Whether who holds the one holds the other as well. */
function includes(held: Actions, wanted: Actions): boolean {
  return Object.entries(wanted).every(([resource, actions = []]) =>
    actions.every((action) => held[resource]?.includes(action)),
  );
}

/** Makes a role of the organization's own. */
export const create = authMutation({
  permissions: { role: ["create"] },
  args: {
    role: v.string(),
    description: v.optional(v.string()),
    permissions: permissionsValidator,
  },
  returns: v.null(),
  handler: async (ctx, { role, description, permissions }) => {
    await auth.role.create(ctx, {
      ...{ groupId: ctx.groupId, role, permissions },
      ...(description === undefined ? {} : { description }),
      actorUserId: ctx.userId,
    });
    return null;
  },
});

/** Deletes a role that nobody has. */
export const remove = authMutation({
  permissions: { role: ["delete"] },
  args: { roleId: v.string() },
  returns: v.null(),
  handler: async (ctx, { roleId }) => {
    await auth.role.delete(ctx, roleId, { actorUserId: ctx.userId });
    return null;
  },
});
