/** What happened to an account, in sentences. */

import type { IconName } from "../ui/Icon";
import type { AuditEvent } from "./useAuditTrail";

/** How an event is shown. */
export interface AuditEventText {
  /** A sentence. */
  text: string;
  icon: IconName;
  /** Whether the person should look at it twice. */
  isAlarming: boolean;
}

interface Entry {
  icon: IconName;
  success: string;
  refused?: string;
  isAlarming?: boolean;
}

const EVENTS: Readonly<Record<string, Entry>> = {
  signUp: {
    icon: "user",
    success: "You created your account",
    refused: "Somebody tried to sign up with your address",
  },
  signIn: {
    icon: "signIn",
    success: "You signed in",
    refused: "A sign-in failed",
  },
  signOut: { icon: "signOut", success: "You signed out" },
  accountLocked: {
    icon: "alert",
    success: "Sign-in was locked for a while, after too many failures",
    refused: "Sign-in was locked for a while, after too many failures",
    isAlarming: true,
  },
  emailVerificationRequested: {
    icon: "mail",
    success: "A code was sent to confirm your e-mail address",
  },
  emailVerified: {
    icon: "check",
    success: "You confirmed your e-mail address",
    refused: "A wrong code was entered to confirm your e-mail address",
  },
  passwordResetRequested: {
    icon: "mail",
    success: "A code was sent to reset your password",
  },
  passwordReset: {
    icon: "key",
    success: "You reset your password",
    refused: "A wrong code was entered to reset your password",
  },
  passwordChanged: {
    icon: "key",
    success: "You changed your password",
    refused: "A change of your password was refused",
  },
  sessionRevoked: { icon: "signOut", success: "A device was signed out" },
  sessionEvicted: {
    icon: "signOut",
    success: "Your oldest session was ended, because there were too many",
  },
  refreshTokenReused: {
    icon: "alert",
    success:
      "A session was ended because it was used in two places: it may have been copied",
    refused:
      "A session was ended because it was used in two places: it may have been copied",
    isAlarming: true,
  },
  unprovenAccessRevoked: {
    icon: "shield",
    success: "Access from before your e-mail was confirmed was removed",
    isAlarming: true,
  },
  passkeyRegistered: { icon: "key", success: "You added a passkey" },
  passkeyRenamed: { icon: "key", success: "You renamed a passkey" },
  passkeyRemoved: { icon: "trash", success: "You removed a passkey" },
  passkeyCounterRegressed: {
    icon: "alert",
    success: "A passkey was used whose counter went back: it may be a copy",
    isAlarming: true,
  },
  secondFactorRequested: {
    icon: "shield",
    success: "A second factor was asked for",
  },
  secondFactorEnrolled: {
    icon: "shield",
    success: "You set up a second factor",
    refused: "A second factor could not be set up",
  },
  secondFactorRemoved: {
    icon: "shield",
    success: "You removed a second factor",
  },
  secondFactorVerified: {
    icon: "shield",
    success: "You proved a second factor",
    refused: "A wrong code was entered as a second factor",
  },
  secondFactorLocked: {
    icon: "alert",
    success: "Second factors were locked for a while, after too many failures",
    refused: "Second factors were locked for a while, after too many failures",
    isAlarming: true,
  },
  recoveryCodesIssued: {
    icon: "key",
    success: "You made new recovery codes",
  },
  recoveryCodeUsed: {
    icon: "key",
    success: "A recovery code was used",
    isAlarming: true,
  },
  deviceTrusted: { icon: "computer", success: "You trusted a browser" },
  deviceForgotten: {
    icon: "computer",
    success: "A browser is not trusted any more",
  },
  accountCreated: { icon: "key", success: "A way to sign in was added" },
  accountUpdated: { icon: "key", success: "A way to sign in was changed" },
  accountRemoved: { icon: "key", success: "A way to sign in was removed" },
  userUpdated: { icon: "user", success: "Your profile was changed" },
  userRemoved: { icon: "trash", success: "Your account was deleted" },
  userRoleChanged: { icon: "shield", success: "Your role in the app changed" },
  groupCreated: { icon: "building", success: "You created a group" },
  groupUpdated: { icon: "building", success: "You changed a group" },
  groupDeleted: { icon: "trash", success: "You deleted a group" },
  groupRestored: { icon: "building", success: "You restored an organization" },
  memberAdded: { icon: "users", success: "You became a member" },
  memberUpdated: { icon: "users", success: "You got other roles" },
  memberRemoved: { icon: "signOut", success: "You are no longer a member" },
  roleCreated: { icon: "key", success: "You created a role" },
  roleUpdated: { icon: "key", success: "You changed a role" },
  roleDeleted: { icon: "key", success: "You deleted a role" },
  inviteCreated: { icon: "mail", success: "You invited somebody" },
  inviteRenewed: { icon: "mail", success: "You sent an invitation again" },
  inviteAccepted: { icon: "check", success: "You accepted an invitation" },
  inviteRevoked: { icon: "mail", success: "You revoked an invitation" },
  apiKeyCreated: { icon: "key", success: "You created an API key" },
  apiKeyUpdated: { icon: "key", success: "You changed an API key" },
  apiKeyRotated: { icon: "key", success: "You rotated an API key" },
  apiKeyRevoked: { icon: "key", success: "You revoked an API key" },
  apiKeyRemoved: { icon: "trash", success: "You deleted an API key" },
  apiKeyExpired: { icon: "key", success: "An API key expired" },
  apiKeyExhausted: { icon: "key", success: "An API key was used up" },
};

const REASONS: Readonly<Record<string, string>> = {
  INVALID_CREDENTIALS: "wrong password",
  INVALID_VERIFICATION_CODE: "wrong or old code",
  RATE_LIMITED: "too many tries",
  ACCOUNT_ALREADY_EXISTS: "the account exists",
  SIGN_IN_REFUSED: "sign-in was not allowed",
  USER_BANNED: "the account is blocked",
  FORBIDDEN: "no permission",
  SECOND_FACTOR_REQUIRED: "a second factor is needed",
  STEP_UP_REQUIRED: "the sign-in was too long ago",
  TOTP_INVALID_CODE: "wrong code",
  INVALID_RECOVERY_CODE: "wrong code",
  INVALID_SECOND_FACTOR_CODE: "wrong code",
  LAST_OWNER: "an owner is needed",
  GROUP_HAS_MEMBERS: "protected from deletion",
  GROUP_CREATION_REFUSED: "not allowed",
  SLUG_ALREADY_TAKEN: "the short name is taken",
  DUPLICATE_INVITE: "invited already",
  DUPLICATE_MEMBERSHIP: "a member already",
  INVITE_EXPIRED: "expired",
  INVITE_REVOKED: "revoked",
  INVITE_ALREADY_ACCEPTED: "used up",
  INVITE_EMAIL_MISMATCH: "for another address",
  API_KEY_LIMIT_REACHED: "too many keys",
  API_KEY_INVALID_SCOPE: "not a scope of this app",
  INVITER_NOT_ALLOWED: "who invited may not do so any more",
};

/**
 * Describes an event. One that a newer server names shows its name.
 *
 * @param event - From the trail.
 */
export function auditEventText({
  event,
  outcome,
}: Pick<AuditEvent, "event" | "outcome">): AuditEventText {
  const isRefused = outcome === "refused";
  const entry = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (entry === undefined) {
    const text = isRefused ? `${event} was refused` : event;
    return { text, icon: "question", isAlarming: isRefused };
  }
  return {
    text: isRefused
      ? (entry.refused ?? `${entry.success}: refused`)
      : entry.success,
    icon: isRefused ? "alert" : entry.icon,
    isAlarming: isRefused || entry.isAlarming === true,
  };
}

/**
 * Why something was refused, in a few words.
 *
 * @param code - The error code.
 */
export function refusalReason(code: string): string {
  return REASONS[code] ?? code;
}
