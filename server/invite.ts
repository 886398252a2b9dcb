import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext } from "./context.js";
import type { PermissionDefinition, RoleName } from "./definePermissions.js";
import type { InviteDocument } from "./documents.js";
import { groupsArguments } from "./groupsConfig.js";
import { inviteDeliveryMethods } from "./inviteDelivery.js";
import type { NewInvite } from "./newInvite.js";
import {
  askById,
  changeById,
  type Pages,
  pagesOf,
  type AskById,
  type List,
} from "./methods.js";
import type { Orders } from "./page.js";
import { mutate } from "./refuse.js";
import { ROLES_FIELDS, rolesArguments } from "./roles.js";
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
  status: ["groupId"],
  email: ["groupId"],
  expiresTime: ["groupId, status"],
  acceptedTime: ["groupId", "acceptedByUserId"],
};

/** `auth.invite`: invitations, to groups and to the app. */
export function inviteMethods<
  P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthSettings) {
  const settings = () => ({ config: groupsArguments(config) });
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
      checkFields(
        invite,
        `groupId?, invitedByUserId?: actor, email?, ${ROLES_FIELDS}, expiresTime?: number, maxUses?: number, extend?: small`,
      );
      const { role, roles, ...others } = invite;
      const { inviteId, token } = await mutate(
        ctx,
        component.inviteWrite.create,
        {
          ...others,
          ...rolesArguments({ role, roles }),
          ...settings(),
          isSent: false,
        },
      );
      return { inviteId, token };
    },

    /**
     * An invitation, or `null`; also when its group is gone.
     *
     * @throws `INVALID_PARAMETERS`
     */
    get: askById(
      component.invite.read.get,
      "inviteId",
    ) as AskById<InviteDocument | null>,

    /**
     * Invitations, in pages of 100 at most. A page may be shorter than asked
     * for, or empty, and have a next one all the same.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: with
     *   conditions other than `groupId`, invitations come in the order of their
     *   creation; with `status` also by `expiresTime`, and with
     *   `acceptedByUserId` also by `acceptedTime`.
     */
    list: pagesOf(
      component.invite.list.list as Pages<
        InviteDocument,
        InviteFilter<P>,
        InviteOrder
      >,
      "invitations",
      "tokenHash?, groupId?, status?: pending|accepted|revoked|expired, email?, invitedByUserId?, role?, acceptedByUserId?",
      ORDERS,
    ) as List<InviteDocument, InviteFilter<P>, InviteOrder>,

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
      checkValue("inviteId", inviteId);
      if (acceptedByUserId !== undefined) {
        checkValue("acceptedByUserId", acceptedByUserId);
      }
      return acceptance(
        await mutate(ctx, component.inviteAccept.acceptById, {
          ...settings(),
          inviteId,
          acceptedByUserId,
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
    revoke: changeById(component.inviteWrite.revoke, "inviteId", settings),

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
      checkValue("inviteId", inviteId);
      const { token, expiresTime } = await mutate(
        ctx,
        component.inviteWrite.renew,
        {
          ...settings(),
          inviteId,
          isSent: false,
          ...actorArguments(actor),
        },
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
      get: askById(
        component.inviteAccept.getByToken,
        "token",
      ) as AskById<InviteDocument | null>,

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
        checkFields(options, "token, acceptedByUserId");
        return acceptance(
          await mutate(ctx, component.inviteAccept.accept, {
            ...options,
            ...settings(),
          }),
        );
      },
    },
  };
}

function acceptance({
  kind,
  inviteId,
  groupId = null,
  memberId = null,
}: {
  kind: "done" | "repeated";
  inviteId: string;
  groupId?: string | null;
  memberId?: string | null;
}): AcceptedInvite {
  return { inviteId, groupId, memberId, isRepeated: kind === "repeated" };
}
