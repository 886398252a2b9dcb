import type { ComponentApi } from "../component/_generated/component.js";
import type { AuthContext, QueryContext } from "./context.js";
import type {
  AllowedActions,
  PermissionDefinition,
} from "./definePermissions.js";
import { actionsByResource, groupsArguments } from "./groupsConfig.js";
import { requireIdentity, type SessionIdentity } from "./identity.js";
import { type KeyCaller, readKeyCaller } from "./keyCaller.js";
import {
  type Connector,
  type PermissionQuestion,
  type PermissionRequest,
  requestArguments,
} from "./permissionRequest.js";
import { accepted, invalid } from "./refuse.js";
import { scopeArguments, type ScopeRequest } from "./scopes.js";
import type { AuthSettings } from "./settings.js";
import { checkFields } from "./shape.js";

/** A caller who is a member of a group. */
export type AuthorizedCaller = SessionIdentity & {
  /** The group. */
  groupId: string;
  /** The caller's roles in it, by memberships there and above. */
  roles: string[];
};

/** An API key that may do something in a group. */
export type AuthorizedKey = KeyCaller & {
  /** The group. */
  groupId: string;
  /** The roles of the user who owns the key; none if a group does. */
  roles: string[];
};

/** What is asked of a caller. */
export type AuthorizeOptions<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  /** The group; by default the one that the caller has selected. */
  groupId?: string | null;
  /** What the caller wants to do; `"member"` to ask for a membership only. */
  permissions: "member" | PermissionRequest<P>;
  /** How several resources are needed. */
  connector?: Connector;
};

/** Everything that a user may do in a group. */
export type GrantedPermissions<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  /** The roles, of all memberships that count. */
  roles: string[];
  /** What they allow together. */
  permissions: AllowedActions<P>;
  /** Whether nothing is allowed because the user has no second factor. */
  secondFactorRequired: boolean;
};

/** `auth.permission`: what users may do in groups. */
export function permissionMethods<
  P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthSettings) {
  const ask = async (ctx: QueryContext, question: PermissionQuestion<P>) => {
    checkFields(
      question,
      "userId, groupId, permissions: object, connector?: AND|OR",
    );
    const { userId, groupId, permissions, connector } = question;
    return await ctx.runQuery(component.permission.check, {
      config: groupsArguments(config),
      userId,
      groupId,
      request: requestArguments(permissions, connector),
    });
  };
  const question = (options: AuthorizeOptions<P>) => {
    checkFields(
      options,
      "groupId?: text|null, permissions: any, connector?: AND|OR",
    );
    const { groupId = null, permissions, connector } = options;
    return permissions === "member"
      ? { groupId }
      : { groupId, request: requestArguments(permissions, connector) };
  };
  return {
    /**
     * Whether a user may do something in a group. The permissions of all active
     * memberships in the group and in those above it are united.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async check(
      ctx: QueryContext,
      question: PermissionQuestion<P>,
    ): Promise<boolean> {
      return (await ask(ctx, question)).kind === "allowed";
    },

    /**
     * Makes sure that a user may do something in a group.
     *
     * @throws `FORBIDDEN`, `SECOND_FACTOR_REQUIRED` when the user only lacks a
     *   second factor, `INVALID_PARAMETERS`
     */
    async require(
      ctx: QueryContext,
      question: PermissionQuestion<P>,
    ): Promise<void> {
      accepted(await ask(ctx, question));
    },

    /**
     * Everything that a user may do in a group, for buttons and menus.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async list(
      ctx: QueryContext,
      options: { userId: string; groupId: string },
    ): Promise<GrantedPermissions<P>> {
      checkFields(options, "userId, groupId");
      const { permissions, ...granted } = await ctx.runQuery(
        component.permission.list,
        { config: groupsArguments(config), ...options },
      );
      return {
        ...granted,
        permissions: actionsByResource(permissions) as AllowedActions<P>,
      };
    },

    /**
     * Makes sure, in one query, that the caller's session goes on and that the
     * caller may do something in a group. The functions of
     * `convex-gatehouse/functions` do this before they run.
     *
     * @throws `NOT_SIGNED_IN`, `SECOND_FACTOR_ENROLLMENT_REQUIRED`,
     *   `NO_ACTIVE_GROUP` when no group was named and the caller has selected
     *   none, `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`, `INVALID_PARAMETERS`
     */
    async authorize(
      ctx: AuthContext & QueryContext,
      options: AuthorizeOptions<P>,
    ): Promise<AuthorizedCaller> {
      const asked = question(options);
      const identity = await requireIdentity(ctx);
      const answer = accepted(
        await ctx.runQuery(component.permission.authorize, {
          config: groupsArguments(config),
          ...asked,
          ...identity,
        }),
      );
      return { ...identity, groupId: answer.groupId, roles: answer.roles };
    },

    /**
     * The same for a caller with the token of an API key (`POST
     * /api/auth/token`), or `null` if the caller has none. The key has to be
     * made for it; a user's key never does what the user may not do in the
     * group, and a group's key does nothing outside of the group and those
     * below. Without a `groupId` it is the group that owns the key, or that its
     * owner has selected.
     *
     * @param options.scope What the key has to be made for; what `permissions`
     *   asks for when missing. `"member"` needs it.
     * @throws `INVALID_API_KEY`, `API_KEY_DISABLED`, `API_KEY_REVOKED`,
     *   `API_KEY_EXPIRED`, `API_KEY_OWNER_INACTIVE`, `SCOPE_CHECK_FAILED`,
     *   `NO_ACTIVE_GROUP`, `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`,
     *   `INVALID_PARAMETERS`
     */
    async authorizeKey(
      ctx: AuthContext & QueryContext,
      { scope, ...options }: AuthorizeOptions<P> & { scope?: ScopeRequest },
    ): Promise<AuthorizedKey | null> {
      const { groupId, request } = question(options);
      const asked = scopeArguments(scope) ?? request;
      if (asked === undefined) {
        invalid("`scope` says what a key has to be for");
      }
      const caller = await readKeyCaller(component, config, ctx, {
        scope: asked,
        group: { groupId, request },
      });
      return caller?.groupId === undefined
        ? null
        : { ...caller, groupId: caller.groupId };
    },
  };
}
