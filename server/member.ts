import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import type { PermissionDefinition, RoleName } from "./definePermissions.js";
import type { MemberDocument } from "./documents.js";
import { groupsArguments } from "./groupsConfig.js";
import {
  checkOrder,
  filteredPageArguments,
  type Orders,
  type Page,
  type PageOptions,
} from "./page.js";
import { accepted, refuse } from "./refuse.js";
import { type Roles, ROLES_SHAPE, rolesArguments } from "./roles.js";
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

const ORDERS: Orders = { role: [["groupId"]], status: [["groupId"]] };

/** `auth.member`: who belongs to which group. */
export function memberMethods<
  P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthSettings) {
  const inherit = async (
    ctx: QueryContext,
    question: MembershipQuestion<P>,
  ): Promise<Membership> => {
    checkFields("the question", question, {
      ...{ userId: "text", groupId: "text" },
      ...{ roles: "texts?", maxDepth: "number?" },
    });
    return await ctx.runQuery(component.memberInherit.inherit, question);
  };
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
      checkFields("the member", member, {
        ...{ groupId: "text", userId: "text", ...ROLES_SHAPE },
        ...{ status: "text?", extend: "small value?", actorUserId: "actor" },
      });
      const { role, roles, ...others } = member;
      const answer = await ctx.runMutation(component.memberWrite.add, {
        ...others,
        ...rolesArguments({ role, roles }),
        config: groupsArguments(config),
      });
      return accepted(answer).memberId;
    },

    /**
     * A membership, or `null`; also when its user or its group is gone.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async get(
      ctx: QueryContext,
      memberId: string,
    ): Promise<MemberDocument | null> {
      checkValue("memberId", memberId, "text");
      return await ctx.runQuery(component.member.read.get, { memberId });
    },

    /**
     * The membership of a user in a group itself, or `null`.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async getByUserAndGroup(
      ctx: QueryContext,
      options: { userId: string; groupId: string },
    ): Promise<MemberDocument | null> {
      checkFields("the question", options, { userId: "text", groupId: "text" });
      return await ctx.runQuery(
        component.member.read.getByUserAndGroup,
        options,
      );
    },

    /**
     * Memberships, in pages of 100 at most. A page may be shorter than asked
     * for, or empty, and have a next one all the same.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: with
     *   conditions other than `groupId`, memberships come in the order of their
     *   creation.
     */
    async list(
      ctx: QueryContext,
      options: PageOptions & {
        where?: MemberFilter<P>;
        orderBy?: MemberOrder;
      } = {},
    ): Promise<Page<MemberDocument>> {
      const asked = filteredPageArguments("the list", options, {
        groupId: "text?",
        userId: "text?",
        role: "text?",
        status: "text?",
      });
      checkOrder("memberships", ORDERS, asked.orderBy, asked.where);
      return await ctx.runQuery(component.member.list.list, asked);
    },

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
      checkValue("memberId", memberId, "text");
      checkFields("the change", data, {
        ...{ ...ROLES_SHAPE, status: "text?", extend: "small value?" },
      });
      const { role, roles, ...others } = data;
      accepted(
        await ctx.runMutation(component.memberWrite.update, {
          ...{ config: groupsArguments(config), memberId },
          data: { ...others, ...rolesArguments({ role, roles }) },
          ...actorArguments(actor),
        }),
      );
    },

    /**
     * Removes a membership; one in an organization with all memberships of the
     * user below. An actor needs `member:delete` and all that the member's
     * roles allow, or removes their own.
     *
     * @throws `MEMBER_NOT_FOUND`, `LAST_OWNER`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    async remove(
      ctx: MutationContext,
      memberId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("memberId", memberId, "text");
      accepted(
        await ctx.runMutation(component.memberWrite.remove, {
          ...{ config: groupsArguments(config), memberId },
          ...actorArguments(actor),
        }),
      );
    },

    /**
     * Removes a user's own membership in a group.
     *
     * @throws `MEMBER_NOT_FOUND`, `LAST_OWNER`, `INVALID_PARAMETERS`
     */
    async leave(
      ctx: MutationContext,
      options: { userId: string; groupId: string },
    ): Promise<void> {
      checkFields("the member", options, { userId: "text", groupId: "text" });
      accepted(
        await ctx.runMutation(component.memberWrite.leave, {
          ...options,
          config: groupsArguments(config),
        }),
      );
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
