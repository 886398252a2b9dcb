import type { GenericActionCtx, GenericDataModel } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { ActionContext } from "./context.js";
import type { PermissionDefinition } from "./definePermissions.js";
import { isHandedOver, link, resolveRedirect } from "./delivery.js";
import { groupsArguments, type InvitationRequest } from "./groupsConfig.js";
import type { NewInvite } from "./newInvite.js";
import { mutate, refuse } from "./refuse.js";
import { ROLES_FIELDS, rolesArguments } from "./roles.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";

/** An invitation to make and to send. */
export type InvitationToSend<
  P extends PermissionDefinition = PermissionDefinition,
> = Omit<NewInvite<P>, "email" | "maxUses"> & {
  /** Whom it is for, and where it is sent. */
  email: string;
  /**
   * Where the link in the e-mail leads to: a path of `SITE_URL`, or a URL of an
   * origin in `allowedRedirectOrigins`. It gets the token as `invite`.
   */
  redirectTo?: string;
};

/** An invitation that was made or renewed, and what the e-mail needs of it. */
type StoredInvitation = {
  inviteId: string;
  token: string;
  expiresTime: number;
  email: string;
  groupId?: string;
  groupName?: string;
  roles: string[];
  invitedByUserId?: string;
};

/** The part of `auth.invite` that sends e-mail, from actions. */
export function inviteDeliveryMethods<P extends PermissionDefinition>(
  component: ComponentApi,
  config: AuthSettings,
) {
  /**
   * Makes sure, before anything is stored, that an e-mail can be sent and that
   * its link is allowed.
   */
  const prepare = async (ctx: ActionContext, redirectTo?: string) => {
    const send = config.groups?.sendInvitation;
    if (send === undefined) {
      refuse(
        "EMAIL_CONFIG_REQUIRED",
        "give `createAuth` `groups.sendInvitation` to send invitations",
      );
    }
    const flow = { ctx, component, config };
    const target =
      redirectTo === undefined ? null : await resolveRedirect(flow, redirectTo);
    return async (stored: StoredInvitation): Promise<void> => {
      const invitation = invitationOf(stored, target);
      const isSent = await isHandedOver(
        () => send(invitation, ctx),
        stored.token,
      );
      if (!isSent) {
        refuse(
          "EMAIL_SEND_FAILED",
          "the e-mail could not be sent; the invitation is there and can be sent again",
          { inviteId: stored.inviteId },
        );
      }
    };
  };
  return {
    /**
     * Makes an invitation and sends it with `groups.sendInvitation`. Nobody but
     * the owner of the mailbox sees its token: to accept with it proves the
     * address.
     *
     * @throws What `create` throws, `EMAIL_CONFIG_REQUIRED`,
     *   `INVALID_REDIRECT`, `RATE_LIMITED`; `EMAIL_SEND_FAILED` with the
     *   `inviteId` when the e-mail could not be handed over: the invitation is
     *   there, for `resend`
     */
    async send<DataModel extends GenericDataModel>(
      ctx: GenericActionCtx<DataModel>,
      invite: InvitationToSend<P>,
    ): Promise<{ inviteId: string }> {
      checkFields(
        invite,
        `groupId?, invitedByUserId?: actor, email, ${ROLES_FIELDS}, expiresTime?: number, extend?: small, redirectTo?`,
      );
      const { role, roles, redirectTo, ...others } = invite;
      const named = rolesArguments({ role, roles });
      // What is done with it does not depend on the app's tables.
      const deliver = await prepare(
        ctx as unknown as ActionContext,
        redirectTo,
      );
      const stored = await mutate(ctx, component.inviteWrite.create, {
        ...others,
        ...named,
        config: groupsArguments(config),
        isSent: true,
      });
      const { inviteId, email = "" } = stored;
      const { groupId, invitedByUserId } = others;
      await deliver({ ...stored, email, groupId, invitedByUserId });
      return { inviteId };
    },

    /**
     * Sends a pending invitation again, with a new token and a new time. The
     * token before is void.
     *
     * @param options.actorUserId Who does it; missing when the app does.
     * @param options.redirectTo Where the link in the e-mail leads to.
     * @throws What `renew` throws, `INVALID_PARAMETERS` for an invitation
     *   without an address, `EMAIL_CONFIG_REQUIRED`, `INVALID_REDIRECT`,
     *   `RATE_LIMITED`, `EMAIL_SEND_FAILED`
     */
    async resend<DataModel extends GenericDataModel>(
      ctx: GenericActionCtx<DataModel>,
      inviteId: string,
      options: Actor & { redirectTo?: string } = {},
    ): Promise<void> {
      checkValue("inviteId", inviteId);
      checkFields(options, "actorUserId?: actor, redirectTo?");
      const { redirectTo, ...actor } = options;
      const deliver = await prepare(
        ctx as unknown as ActionContext,
        redirectTo,
      );
      const { email = "", ...renewed } = await mutate(
        ctx,
        component.inviteWrite.renew,
        {
          config: groupsArguments(config),
          inviteId,
          isSent: true,
          ...actorArguments(actor),
        },
      );
      await deliver({ ...renewed, inviteId, email });
    },
  };
}

function invitationOf(
  { groupId, groupName, invitedByUserId, ...stored }: StoredInvitation,
  target: URL | null,
): InvitationRequest {
  const { email, token, roles, expiresTime } = stored;
  return {
    email,
    token,
    roles,
    expires: new Date(expiresTime),
    ...(target && { url: link(target, { invite: token }) }),
    ...(groupId !== undefined &&
      groupName !== undefined && { group: { _id: groupId, name: groupName } }),
    ...(invitedByUserId !== undefined && { invitedByUserId }),
  };
}
