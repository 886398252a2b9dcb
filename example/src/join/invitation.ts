/** An invitation as who has its link sees it. */

import type { FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import { roleName } from "../organizations/roleText";
import { useQuery } from "../useQuery";

/** What an invitation is for. */
export type Invitation = NonNullable<
  FunctionReturnType<typeof api.invitations.preview>
>;

/**
 * The invitation with which the person came, live.
 *
 * @param token - From the link, or `null`.
 * @returns `undefined` until it is known or when there is no token; `null`
 *   when the token belongs to no invitation.
 */
export function useInvitation(
  token: string | null,
): Invitation | null | undefined {
  return useQuery(api.invitations.preview, token === null ? "skip" : { token });
}

/**
 * Why an invitation cannot be accepted, whoever asks; `null` when it can.
 *
 * @param invitation - What there is to know, or `null` for an unknown token.
 */
export function obstacle(
  invitation: Invitation | null,
): { title: string; text: string } | null {
  if (invitation === null) {
    return {
      title: "There is no such invitation",
      text: "The link is not complete, or it was sent again and only the newest one works. Ask who invited you.",
    };
  }
  if (invitation.groupId !== undefined && invitation.groupName === undefined) {
    return {
      title: "The organization is gone",
      text: "It was deleted after you were invited.",
    };
  }
  switch (invitation.status) {
    case "pending":
      return null;
    case "accepted":
      return {
        title: "This invitation has been used up",
        text: "As many people have joined with it as could. Ask for one of your own.",
      };
    case "revoked":
      return {
        title: "This invitation was taken back",
        text: "Ask who invited you if that was meant.",
      };
    case "expired":
      return {
        title: "This invitation has expired",
        text: "Ask who invited you for a new one.",
      };
  }
}

/**
 * What the invitation offers, as `You join as Editor.`
 *
 * @param invitation - What there is to know.
 */
export function offer({ roles, inviter }: Invitation): string {
  const names = roles.map(roleName).join(", ");
  return inviter === undefined
    ? `You are invited as ${names}.`
    : `${inviter} invites you as ${names}.`;
}
