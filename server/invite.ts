import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import type { PermissionDefinition, RoleName } from "./definePermissions.js";
import type { InviteDocument } from "./documents.js";
import { groupsArguments } from "./groupsConfig.js";
import { inviteDeliveryMethods } from "./inviteDelivery.js";
import type { NewInvite } from "./newInvite.js";
import {
  checkOrder,
  filteredPageArguments,
  type Orders,
  type Page,
  type PageOptions,
} from "./page.js";
import { accepted, refuse } from "./refuse.js";
import { ROLES_SHAPE, rolesArguments } from "./roles.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";

/** What can become of an invitation. */
export type InviteStatus = InviteDocument["status"];

/** Which invitations to list. Conditions hold together; none means all. */
export type InviteFilter<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  tokenHash?: string;
  groupId?: string;
  status?: InviteStatus;
  email?: string;
  invitedByUserId?: string;
  /** A role that the invitation offers, as the first one or not. */
  role?: RoleName<P>;
  acceptedByUserId?: string;
};

/** By what a list of invitations may be ordered. */
export type InviteOrder =
  "_creationTime" | "status" | "email" | "expiresTime" | "acceptedTime";

/** What came of accepting an invitation. */
export type AcceptedInvite = {
  inviteId: string;
  /** The group that was joined; `null` for an invitation to the app alone. */
  groupId: string | null;
  /** The membership; `null` when there is none. */
  memberId: string | null;
  /** Whether the same user had accepted it before, and nothing has changed. */
  isRepeated: boolean;
};

const ORDERS: Orders = {
  status: [["groupId"]],
  email: [["groupId"]],
  expiresTime: [["groupId", "status"]],
  acceptedTime: [["groupId"], ["acceptedByUserId"]],
};

const STATUSES: readonly unknown[] = [
  ...["pending", "accepted", "revoked", "expired"],
];

/** `auth.invite`: invitations, to groups and to the app. */
export function inviteMethods<
  P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthSettings) {
  return {
    /**
     * Makes an invitation. Whoever invites needs `invitation:create`, and may
     * offer no role that allows more than their own.
     *
     * @returns The raw token, this once; only its hash is stored.
     * @throws `GROUP_NOT_FOUND`, `DUPLICATE_INVITE`, `DUPLICATE_MEMBERSHIP`,
     *   `INVITE_LIMIT_REACHED`, `ROLE_NOT_FOUND`, `INVALID_EMAIL`,
     *   `INVALID_PARAMETERS`; with an inviter also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    async create(
      ctx: MutationContext,
      invite: NewInvite<P>,
    ): Promise<{ inviteId: string; token: string }> {
      checkFields("the invitation", invite, {
        ...{ groupId: "text?", invitedByUserId: "actor", email: "text?" },
        ...{ ...ROLES_SHAPE, expiresTime: "number?", maxUses: "number?" },
        extend: "small value?",
      });
      const { role, roles, ...others } = invite;
      const { inviteId, token } = accepted(
        await ctx.runMutation(component.inviteWrite.create, {
          ...others,
          ...rolesArguments({ role, roles }),
          ...{ config: groupsArguments(config), isSent: false },
        }),
      );
      return { inviteId, token };
    },

    /**
     * An invitation, or `null`; also when its group is gone.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async get(
      ctx: QueryContext,
      inviteId: string,
    ): Promise<InviteDocument | null> {
      checkValue("inviteId", inviteId, "text");
      return await ctx.runQuery(component.invite.read.get, { inviteId });
    },

    /**
     * Invitations, in pages of 100 at most. A page may be shorter than asked
     * for, or empty, and have a next one all the same.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: with
     *   conditions other than `groupId`, invitations come in the order of their
     *   creation; with `status` also by `expiresTime`, and with
     *   `acceptedByUserId` also by `acceptedTime`.
     */
    async list(
      ctx: QueryContext,
      options: PageOptions & {
        where?: InviteFilter<P>;
        orderBy?: InviteOrder;
      } = {},
    ): Promise<Page<InviteDocument>> {
      const asked = filteredPageArguments("the list", options, {
        tokenHash: "text?",
        groupId: "text?",
        status: "text?",
        email: "text?",
        invitedByUserId: "text?",
        role: "text?",
        acceptedByUserId: "text?",
      });
      const { status } = asked.where;
      if (status !== undefined && !STATUSES.includes(status)) {
        refuse(
          "INVALID_PARAMETERS",
          `\`status\` must be one of ${STATUSES.join(", ")}`,
        );
      }
      checkOrder("invitations", ORDERS, asked.orderBy, asked.where);
      return await ctx.runQuery(component.invite.list.list, asked);
    },

    /**
     * Accepts an invitation by its id, which proves nothing: one that is for an
     * address needs a user who has proved it. Without a user, it is noted that
     * the invitation was accepted, and nobody becomes a member.
     *
     * @throws `INVITE_NOT_FOUND`, `INVITE_EXPIRED`, `INVITE_REVOKED`,
     *   `INVITE_ALREADY_ACCEPTED`, `EMAIL_NOT_VERIFIED` and what
     *   `token.accept` throws
     */
    async accept(
      ctx: MutationContext,
      inviteId: string,
      acceptedByUserId?: string,
    ): Promise<AcceptedInvite> {
      checkValue("inviteId", inviteId, "text");
      if (acceptedByUserId !== undefined) {
        checkValue("acceptedByUserId", acceptedByUserId, "text");
      }
      return acceptance(
        await ctx.runMutation(component.inviteAccept.acceptById, {
          config: groupsArguments(config),
          ...{ inviteId, acceptedByUserId },
        }),
      );
    },

    /**
     * Takes an invitation back. An actor needs `invitation:cancel`, or has made
     * it.
     *
     * @throws `INVITE_NOT_FOUND`, `INVITE_NOT_PENDING`; with an actor also
     *   `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    async revoke(
      ctx: MutationContext,
      inviteId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("inviteId", inviteId, "text");
      accepted(
        await ctx.runMutation(component.inviteWrite.revoke, {
          ...{ config: groupsArguments(config), inviteId },
          ...actorArguments(actor),
        }),
      );
    },

    /**
     * Gives a pending invitation a new token and a new time. The token before
     * is void.
     *
     * @returns The raw token, this once.
     * @throws `INVITE_NOT_FOUND`, `INVITE_NOT_PENDING`, `INVITER_NOT_ALLOWED`,
     *   `ROLE_NOT_FOUND`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    async renew(
      ctx: MutationContext,
      inviteId: string,
      actor: Actor = {},
    ): Promise<{ token: string; expiresTime: number }> {
      checkValue("inviteId", inviteId, "text");
      const { token, expiresTime } = accepted(
        await ctx.runMutation(component.inviteWrite.renew, {
          ...{ config: groupsArguments(config), inviteId, isSent: false },
          ...actorArguments(actor),
        }),
      );
      return { token, expiresTime };
    },

    ...inviteDeliveryMethods<P>(component, config),

    token: {
      /**
       * The invitation of a token, or `null`.
       *
       * @throws `INVALID_PARAMETERS`
       */
      async get(
        ctx: QueryContext,
        token: string,
      ): Promise<InviteDocument | null> {
        checkValue("token", token, "text");
        return await ctx.runQuery(component.inviteAccept.getByToken, { token });
      },

      /**
       * Accepts an invitation: the status, the membership and the record of it
       * in one transaction. The same user may accept again, which changes
       * nothing. A token that was sent proves the address it was sent to.
       *
       * @throws `INVITE_NOT_FOUND`, `INVITE_EXPIRED`, `INVITE_REVOKED`,
       *   `INVITE_ALREADY_ACCEPTED`, `INVITE_EMAIL_MISMATCH`,
       *   `GROUP_NOT_FOUND`, `USER_NOT_FOUND`, `USER_BANNED`,
       *   `DUPLICATE_MEMBERSHIP`, `REMOVAL_IN_PROGRESS`,
       *   `MEMBER_LIMIT_REACHED`, `GROUP_LIMIT_REACHED`,
       *   `INVITER_NOT_ALLOWED` when who invited may no longer do so,
       *   `ROLE_NOT_FOUND`, `INVALID_PARAMETERS`
       */
      async accept(
        ctx: MutationContext,
        options: { token: string; acceptedByUserId: string },
      ): Promise<AcceptedInvite> {
        checkFields("the acceptance", options, {
          ...{ token: "text", acceptedByUserId: "text" },
        });
        return acceptance(
          await ctx.runMutation(component.inviteAccept.accept, {
            ...options,
            config: groupsArguments(config),
          }),
        );
      },
    },
  };
}

function acceptance(
  answer:
    | {
        kind: "done" | "repeated";
        inviteId: string;
        groupId?: string;
        memberId?: string;
      }
    | {
        kind: "refused";
        refusal: { code: string; message: string; retryAfterMs?: number };
      },
): AcceptedInvite {
  const { kind, inviteId, groupId, memberId } = accepted(answer);
  return {
    ...{ inviteId, groupId: groupId ?? null, memberId: memberId ?? null },
    isRepeated: kind === "repeated",
  };
}
