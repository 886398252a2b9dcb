import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import type {
  AllowedActions,
  PermissionDefinition,
  Permissions,
} from "./definePermissions.js";
import { actionsByResource, groupsArguments } from "./groupsConfig.js";
import { changeById } from "./methods.js";
import { type Page, pageArguments, type PageOptions } from "./page.js";
import { permissionsArguments } from "./permissionRequest.js";
import { mutate } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue, PAGE_FIELDS } from "./shape.js";

/** A role that an organization has made itself. */
export type RoleDocument<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  _id: string;
  _creationTime: number;
  /** The organization. */
  groupId: string;
  /** The role's name, in lower case. */
  role: string;
  /** What it is for. */
  description?: string;
  /** What it allows. What the app no longer defines allows nothing. */
  permissions: AllowedActions<P>;
};

/** A role to make. */
export type NewRole<P extends PermissionDefinition = PermissionDefinition> =
  Actor & {
    /** The organization. */
    groupId: string;
    /** The name: up to 32 letters, digits, `_` and `-`. It never changes. */
    role: string;
    /** What it is for. */
    description?: string;
    /** What it allows. */
    permissions: Permissions<P>;
  };

/** `auth.role`: roles that organizations make themselves. */
export function roleMethods<
  P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthSettings) {
  const settings = () => ({ config: groupsArguments(config) });
  return {
    /**
     * Makes a role. An actor needs `role:create` in the organization, and all
     * that the role allows.
     *
     * @returns The role's id.
     * @throws `GROUP_NOT_FOUND`, `ROLE_ALREADY_EXISTS`, `ROLE_LIMIT_REACHED`,
     *   `UNKNOWN_PERMISSION`, `INVALID_PARAMETERS`; with an actor also
     *   `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    async create(ctx: MutationContext, role: NewRole<P>): Promise<string> {
      checkFields(
        role,
        "groupId, role, description?, permissions: object, actorUserId?: actor",
      );
      const { roleId } = await mutate(ctx, component.roleWrite.create, {
        ...role,
        ...settings(),
        permissions: permissionsArguments(role.permissions),
      });
      return roleId;
    },

    /**
     * A role, or `null`; also when its organization is gone.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async get(
      ctx: QueryContext,
      roleId: string,
    ): Promise<RoleDocument<P> | null> {
      checkValue("roleId", roleId);
      const role = await ctx.runQuery(component.role.read.get, { roleId });
      return role && readable<P>(role);
    },

    /**
     * The roles of an organization, by name.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async list(
      ctx: QueryContext,
      options: PageOptions & { groupId: string },
    ): Promise<Page<RoleDocument<P>>> {
      checkFields(options, `${PAGE_FIELDS}, groupId`);
      const { items, nextCursor } = await ctx.runQuery(
        component.role.list.list,
        { groupId: options.groupId, ...pageArguments(options) },
      );
      return { items: items.map((role) => readable<P>(role)), nextCursor };
    },

    /**
     * Changes what a role is for, or what it allows. An actor needs
     * `role:update`, and all that the role allows before and after.
     *
     * @throws `ROLE_NOT_FOUND`, `UNKNOWN_PERMISSION`, `INVALID_PARAMETERS`;
     *   with an actor also `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    async update(
      ctx: MutationContext,
      roleId: string,
      data: { description?: string; permissions?: Permissions<P> },
      actor: Actor = {},
    ): Promise<void> {
      checkValue("roleId", roleId);
      checkFields(data, "description?, permissions?: object");
      const { description, permissions } = data;
      await mutate(ctx, component.roleWrite.update, {
        ...settings(),
        roleId,
        data: {
          description,
          permissions: permissions && permissionsArguments(permissions),
        },
        ...actorArguments(actor),
      });
    },

    /**
     * Deletes a role that no member has. An actor needs `role:delete`, and all
     * that the role allows.
     *
     * @throws `ROLE_NOT_FOUND`, `ROLE_IN_USE`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    delete: changeById(component.roleWrite.remove, "roleId", settings),
  };
}

type StoredRole = Omit<RoleDocument, "permissions"> & {
  permissions: { resource: string; actions: string[] }[];
};

function readable<P extends PermissionDefinition>({
  permissions,
  ...role
}: StoredRole): RoleDocument<P> {
  return {
    ...role,
    permissions: actionsByResource(permissions) as AllowedActions<P>,
  };
}
