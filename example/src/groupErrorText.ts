/** What people are told when something about organizations is refused. */

import type { AuthErrorCode } from "convex-gatehouse/client";
import type { ErrorText } from "./failure";

type Texts = Partial<Record<AuthErrorCode, ErrorText>>;

/** A text about the whole form. */
function about(text: string): ErrorText {
  return { subject: null, text };
}

/** About organizations, groups, members and roles. */
export const GROUP_TEXTS: Texts = {
  FORBIDDEN: about(
    "You may not do this. It needs a permission that your roles do not give, or somebody here has more than you.",
  ),
  SECOND_FACTOR_REQUIRED: about(
    "This organization asks for a second factor, and your account has none.",
  ),
  NO_ACTIVE_GROUP: about("Choose an organization first."),
  GROUP_NOT_FOUND: about("It is not there any more. Somebody has deleted it."),
  GROUP_CYCLE: about("A group cannot be moved below itself."),
  GROUP_TOO_DEEP: about(
    "This would nest groups too deeply: 32 levels are the most.",
  ),
  GROUP_CREATION_REFUSED: about("You cannot create organizations."),
  GROUP_LIMIT_REACHED: about(
    "Nobody can own more organizations than this account does.",
  ),
  TEAM_LIMIT_REACHED: about("There are as many teams here as there can be."),
  LAST_TEAM: about("This is the last team here, and one has to stay."),
  SLUG_ALREADY_TAKEN: {
    subject: "slug",
    text: "Another organization has or had this short name. Choose another one.",
  },
  SLUG_LOCKED: {
    subject: "slug",
    text: "This organization keeps its short name.",
  },
  GROUP_HAS_MEMBERS: about(
    "It is protected while it has other members. Remove them first, or switch the protection off.",
  ),
  MEMBER_NOT_FOUND: about("This person is not a member any more."),
  DUPLICATE_MEMBERSHIP: {
    subject: "email",
    text: "This person is a member already.",
  },
  MEMBER_LIMIT_REACHED: about("There are as many members as there can be."),
  LAST_OWNER: about(
    "An organization needs an owner, and this is the only one. Make somebody else an owner first.",
  ),
  REMOVAL_IN_PROGRESS: about(
    "This person is still being removed. Try again in a moment.",
  ),
  ROLE_NOT_FOUND: about("This role is not there any more."),
  ROLE_ALREADY_EXISTS: {
    subject: "role",
    text: "There is a role with this name already.",
  },
  ROLE_IN_USE: about(
    "Somebody has this role. Give them another one first, then delete it.",
  ),
  ROLE_LIMIT_REACHED: about("There are as many roles as there can be."),
  UNKNOWN_PERMISSION: about("The app does not know one of these permissions."),
};

/** About invitations. */
export const INVITATION_TEXTS: Texts = {
  DUPLICATE_INVITE: {
    subject: "email",
    text: "This address has an invitation already. You can send it again below.",
  },
  INVITE_LIMIT_REACHED: about(
    "Too many invitations wait for an answer. Revoke some of them first.",
  ),
  INVITE_NOT_FOUND: about(
    "There is no such invitation. Ask for the link again, or copy the whole of it.",
  ),
  INVITE_NOT_PENDING: about(
    "This invitation was answered or revoked in the meantime.",
  ),
  INVITE_EXPIRED: about(
    "This invitation has expired. Ask who invited you for a new one.",
  ),
  INVITE_REVOKED: about(
    "This invitation was taken back. Ask who invited you if that was meant.",
  ),
  INVITE_ALREADY_ACCEPTED: about(
    "This invitation has been used up. Ask for one of your own.",
  ),
  INVITE_EMAIL_MISMATCH: about(
    "This invitation is for another e-mail address. Sign in with that one.",
  ),
  EMAIL_NOT_VERIFIED: about(
    "Confirm your e-mail address first, then accept the invitation.",
  ),
  INVITER_NOT_ALLOWED: about(
    "Who invited you may not do so any more. Ask an owner for a new invitation.",
  ),
};
