/** Actions by resource, as roles name them. */
export type ResourceActions = Readonly<Record<string, readonly string[]>>;

/**
 * The resources that groups bring along, with their actions. An app can give
 * them further actions, and define further resources.
 */
export type BuiltInActions = {
  /** The organization itself; `security` is about what its owners settle. */
  organization: "update" | "delete" | "security";
  /** Memberships. */
  member: "create" | "update" | "delete";
  /** Invitations. */
  invitation: "create" | "read" | "cancel";
  /** The groups below. */
  team: "create" | "update" | "delete";
  /** The roles that the organization makes itself. */
  role: "create" | "read" | "update" | "delete";
  /** The API keys of the group. */
  apiKey: "create" | "read" | "update" | "delete";
};

/** The roles that every group has, unless the app defines them anew. */
export type BuiltInRole = "owner" | "admin" | "member";

/** What an app defines with `definePermissions`. */
export type PermissionDefinition<
  Resources extends ResourceActions = ResourceActions,
  Role extends string = string,
> = {
  /** The app's resources, with all that can be done with each. */
  readonly resources: Resources;
  /** The app's roles, with all that each allows. */
  readonly roles: Readonly<
    Record<Role, Readonly<Record<string, readonly string[] | undefined>>>
  >;
};

/** All actions by resource: those that are built in, and the app's. */
export type ActionsOf<P extends PermissionDefinition> = {
  [Resource in keyof P["resources"] | keyof BuiltInActions]:
    | (Resource extends keyof P["resources"]
        ? P["resources"][Resource][number]
        : never)
    | (Resource extends keyof BuiltInActions
        ? BuiltInActions[Resource]
        : never);
};

/**
 * The name of a role: one that is built in, one of the app's, or any other,
 * since organizations can make roles of their own.
 */
export type RoleName<P extends PermissionDefinition = PermissionDefinition> =
  BuiltInRole | (keyof P["roles"] & string) | (string & Record<never, never>);

/** What a role allows: actions by resource. */
export type Permissions<P extends PermissionDefinition = PermissionDefinition> =
  { readonly [R in keyof ActionsOf<P>]?: readonly ActionsOf<P>[R][] };

/** The same, as it is answered: a list of one's own, which validators accept. */
export type AllowedActions<
  P extends PermissionDefinition = PermissionDefinition,
> = { [R in keyof ActionsOf<P>]?: ActionsOf<P>[R][] };

/**
 * Defines the resources and roles of an app, for `groups.permissions` of
 * `createAuth`. TypeScript then knows them wherever permissions are named.
 *
 * ```ts
 * export const permissions = definePermissions({
 *   resources: { project: ["create", "read", "delete"] },
 *   roles: { editor: { project: ["create", "read"] } },
 * });
 * ```
 *
 * The resources `organization`, `member`, `invitation`, `team`, `role` and
 * `apiKey`, and the roles `owner`, `admin` and `member` are there already. An owner may do
 * everything. A role that is defined here under one of these names takes its
 * place.
 *
 * @throws An `Error` when a role allows what is not defined.
 */
export function definePermissions<
  const Resources extends ResourceActions,
  Role extends string = never,
>(definition: {
  resources: Resources;
  roles?: Record<Role, Permissions<PermissionDefinition<Resources>>>;
}): PermissionDefinition<Resources, Role> {
  const { resources } = definition;
  const roles = definition.roles ?? ({} as Record<Role, ResourceActions>);
  const known: ResourceActions = resources;
  for (const [role, allowed] of Object.entries<object>(roles)) {
    for (const [resource, actions] of Object.entries(allowed)) {
      for (const action of actions as readonly string[]) {
        if (!isKnown(known, resource, action)) {
          throw new Error(
            `definePermissions: the role "${role}" allows "${action}" of "${resource}", which is not defined`,
          );
        }
      }
    }
  }
  return { resources, roles };
}

/** The same as {@link BuiltInActions}, for what is not checked by types. */
const BUILT_IN: { [R in keyof BuiltInActions]: readonly BuiltInActions[R][] } =
  {
    organization: ["update", "delete", "security"],
    member: ["create", "update", "delete"],
    invitation: ["create", "read", "cancel"],
    team: ["create", "update", "delete"],
    role: ["create", "read", "update", "delete"],
    apiKey: ["create", "read", "update", "delete"],
  };

function isKnown(
  resources: ResourceActions,
  resource: string,
  action: string,
): boolean {
  const builtIn: ResourceActions = BUILT_IN;
  return [resources, builtIn].some(
    (actions) =>
      Object.hasOwn(actions, resource) && actions[resource]?.includes(action),
  );
}
