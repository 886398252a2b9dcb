import type {
  ActionsOf,
  PermissionDefinition,
  Permissions,
} from "./definePermissions.js";
import { statementsOf } from "./groupsConfig.js";
import { checkFields, checkValue } from "./shape.js";

/** Whether all of several things are needed, which is the default, or one. */
export type Connector = "AND" | "OR";

/**
 * What somebody wants to do: the actions by resource.
 *
 * ```ts
 * { project: ["create"], billing: { actions: ["read", "write"], connector: "OR" } }
 * ```
 *
 * All actions of all resources are needed unless a `connector` says otherwise.
 * A request that names no resource, or a resource without actions, is refused.
 */
export type PermissionRequest<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  readonly [R in keyof ActionsOf<P>]?:
    | readonly ActionsOf<P>[R][]
    | {
        readonly actions: readonly ActionsOf<P>[R][];
        /** How several actions are needed. */
        readonly connector?: Connector;
      };
};

/** What is asked of a user in a group. */
export type PermissionQuestion<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  userId: string;
  groupId: string;
  /** What the user wants to do. */
  permissions: PermissionRequest<P>;
  /** How several resources are needed. */
  connector?: Connector;
};

/** A request as the component takes it. */
export type RequestArguments = {
  resources: { resource: string; actions: string[]; connector?: Connector }[];
  connector?: Connector;
};

/**
 * A request in the form in which the component takes it.
 *
 * @throws `INVALID_PARAMETERS` when it has another shape.
 */
export function requestArguments(
  permissions: PermissionRequest,
  connector?: Connector,
): RequestArguments {
  checkValue("permissions", permissions, "object");
  if (connector !== undefined) {
    checkValue("connector", connector, "AND|OR");
  }
  const entries = Object.entries<unknown>(permissions);
  const resources = entries.map(([resource, requested]) => {
    const isList = Array.isArray(requested);
    const wanted = (isList ? { actions: requested as unknown } : requested) as {
      actions: string[];
      connector?: Connector;
    };
    const name = `\`permissions.${resource.slice(0, 40)}\``;
    checkFields(wanted, "actions: texts, connector?: AND|OR", name);
    const { actions, connector } = wanted;
    return { resource, actions: [...actions], connector };
  });
  return { resources, connector };
}

/**
 * What a role allows, in the form in which the component takes it.
 *
 * @throws `INVALID_PARAMETERS` when it has another shape.
 */
export function permissionsArguments(permissions: Permissions) {
  checkValue("permissions", permissions, "object");
  const actions = permissions as Record<string, readonly string[]>;
  for (const [resource, names] of Object.entries(actions)) {
    checkValue(`permissions.${resource.slice(0, 40)}`, names, "texts");
  }
  return statementsOf(actions);
}
