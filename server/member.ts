import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import type { PermissionDefinition, RoleName } from "./definePermissions.js";
import type { MemberDocument } from "./documents.js";
import { groupsArguments } from "./groupsConfig.js";
import {
  askById,
  askWith,
  changeById,
  type Pages,
  pagesOf,
  type Query,
  type AskById,
  type AskWith,
  type List,
} from "./methods.js";
import type { Orders } from "./page.js";
import { mutate, refuse } from "./refuse.js";
import { type Roles, ROLES_FIELDS, rolesArguments } from "./roles.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";

/** A member to add. */
export type NewMember<P extends PermissionDefinition = PermissionDefinition> =
  Actor &
    Roles<P> & {
      groupId: string;
      userId: string;
      /** `"active"` by default; with any other the membership grants nothing. */
      status?: string;
      /** The app's own data about the membership, up to 16 KiB. */
      extend?: unknown;
    };

/** What may change of a membership. */
export type MemberChange<
  P extends PermissionDefinition = PermissionDefinition,
> = Roles<P> & { status?: string; extend?: unknown };

/** Which memberships to list. Conditions hold together; none means all. */
export type MemberFilter<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  groupId?: string;
  userId?: string;
  /** A role that the membership names, as the first one or not. */
  role?: RoleName<P>;
  status?: string;
};

/** By what a list of memberships may be ordered. */
export type MemberOrder = "_creationTime" | "role" | "status";

/** A question for the membership that counts for a user in a group. */
export type MembershipQuestion<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  userId: string;
  groupId: string;
  /** If given, only memberships with one of these roles match. */
  roles?: RoleName<P>[];
  /** How many levels above the group to look at: 32 by default and at most. */
  maxDepth?: number;
};

/** The direct membership, or else the nearest one above, or none. */
export type Membership = {
  /** The group that was asked about. */
  requestedGroupId: string;
  /** The group of the membership. */
  matchedGroupId: string | null;
  membership: MemberDocument | null;
  /** How many levels above the group it was found; 0 for the group itself. */
  depth: number | null;
  /** Whether it is a membership in the group itself. */
  isDirect: boolean;
  /** Whether it is one in a group above. */
  isInherited: boolean;
  /** The groups that were looked at, nearest first. */
  traversedGroupIds: string[];
  /** Whether the groups above lead back to one of them. */
  cycleDetected: boolean;
  /** Whether there are groups above that were not looked at. */
  maxDepthReached: boolean;
  /**
   * Whether a membership does not count because the organization asks for a
   * second factor and the user has none.
   */
  secondFactorRequired: boolean;
};

/** A membership that was asked for and is there. */
export type RequiredMembership = {
  membership: MemberDocument;
  matchedGroupId: string;
  isDirect: boolean;
  isInherited: boolean;
  depth: number;
};

const ORDERS: Orders = { role: ["groupId"], status: ["groupId"] };

/** `auth.member`: who belongs to which group. */
export function memberMethods<
  P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthSettings) {
  const settings = () => ({ config: groupsArguments(config) });
  const inherit = askWith(
    component.memberInherit.inherit as Query<MembershipQuestion<P>, Membership>,
    "userId, groupId, roles?: texts, maxDepth?: number",
  ) as AskWith<MembershipQuestion<P>, Membership>;
  return {
    /**
     * Adds a user to a group. An actor needs `member:create` and may give no
     * role that allows more than the actor's own; only owners make owners.
     *
     * @returns The membership's id.
     * @throws `GROUP_NOT_FOUND`, `USER_NOT_FOUND`, `DUPLICATE_MEMBERSHIP`,
     *   `MEMBER_LIMIT_REACHED`, `GROUP_LIMIT_REACHED` when the user owns too
     *   many groups, `ROLE_NOT_FOUND`, `REMOVAL_IN_PROGRESS`,
     *   `INVALID_PARAMETERS`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    async add(ctx: MutationContext, member: NewMember<P>): Promise<string> {
      checkFields(
        member,
        `groupId, userId, ${ROLES_FIELDS}, status?, extend?: small, actorUserId?: actor`,
      );
      const { role, roles, ...others } = member;
      const { memberId } = await mutate(ctx, component.memberWrite.add, {
        ...others,
        ...settings(),
        ...rolesArguments({ role, roles }),
      });
      return memberId;
    },

    /**
     * A membership, or `null`; also when its user or its group is gone.
     *
     * @throws `INVALID_PARAMETERS`
     */
    get: askById(
      component.member.read.get,
      "memberId",
    ) as AskById<MemberDocument | null>,

    /**
     * The membership of a user in a group itself, or `null`.
     *
     * @throws `INVALID_PARAMETERS`
     */
    getByUserAndGroup: askWith(
      component.member.read.getByUserAndGroup as Query<
        { userId: string; groupId: string },
        MemberDocument | null
      >,
      "userId, groupId",
    ) as AskWith<{ userId: string; groupId: string }, MemberDocument | null>,

    /**
     * Memberships, in pages of 100 at most. A page may be shorter than asked
     * for, or empty, and have a next one all the same.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: with
     *   conditions other than `groupId`, memberships come in the order of their
     *   creation.
     */
    list: pagesOf(
      component.member.list.list as Pages<
        MemberDocument,
        MemberFilter<P>,
        MemberOrder
      >,
      "memberships",
      "groupId?, userId?, role?, status?",
      ORDERS,
    ) as List<MemberDocument, MemberFilter<P>, MemberOrder>,

    /**
     * Changes a membership; what is not named stays as it is. An actor needs
     * `member:update`, and all that the old and the new roles allow.
     *
     * @throws `MEMBER_NOT_FOUND`, `ROLE_NOT_FOUND`, `LAST_OWNER`,
     *   `GROUP_LIMIT_REACHED`, `REMOVAL_IN_PROGRESS`, `INVALID_PARAMETERS`;
     *   with an actor also `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    async update(
      ctx: MutationContext,
      memberId: string,
      data: MemberChange<P>,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("memberId", memberId);
      checkFields(data, `${ROLES_FIELDS}, status?, extend?: small`);
      const { role, roles, ...others } = data;
      await mutate(ctx, component.memberWrite.update, {
        ...settings(),
        memberId,
        data: { ...others, ...rolesArguments({ role, roles }) },
        ...actorArguments(actor),
      });
    },

    /**
     * Removes a membership; one in an organization with all memberships of the
     * user below. An actor needs `member:delete` and all that the member's
     * roles allow, or removes their own.
     *
     * @throws `MEMBER_NOT_FOUND`, `LAST_OWNER`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    remove: changeById(component.memberWrite.remove, "memberId", settings),

    /**
     * Removes a user's own membership in a group.
     *
     * @throws `MEMBER_NOT_FOUND`, `LAST_OWNER`, `INVALID_PARAMETERS`
     */
    async leave(
      ctx: MutationContext,
      options: { userId: string; groupId: string },
    ): Promise<void> {
      checkFields(options, "userId, groupId");
      await mutate(ctx, component.memberWrite.leave, {
        ...options,
        ...settings(),
      });
    },

    /**
     * The membership that counts for a user in a group: the direct one, or else
     * that of the nearest group above. Only active memberships count.
     *
     * @throws `INVALID_PARAMETERS`
     */
    inherit,

    /**
     * The same, for a membership that has to be there.
     *
     * @throws `FORBIDDEN`, `SECOND_FACTOR_REQUIRED` when the user only lacks a
     *   second factor, `INVALID_PARAMETERS`
     */
    async require(
      ctx: QueryContext,
      question: MembershipQuestion<P>,
    ): Promise<RequiredMembership> {
      const found = await inherit(ctx, question);
      const { membership, matchedGroupId, depth } = found;
      if (membership === null || matchedGroupId === null || depth === null) {
        return found.secondFactorRequired
          ? refuse(
              "SECOND_FACTOR_REQUIRED",
              "this organization asks its members for a second factor",
            )
          : refuse("FORBIDDEN", "you are not a member of this group");
      }
      const { isDirect, isInherited } = found;
      return { membership, matchedGroupId, isDirect, isInherited, depth };
    },
  };
}
