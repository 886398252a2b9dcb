import { defineTable } from "convex/server";
import { v } from "convex/values";

/** What can happen, as the core names it. */
const auditEventName = v.union(
  v.literal("signUp"),
  v.literal("signIn"),
  v.literal("signOut"),
  v.literal("accountLocked"),
  v.literal("emailVerificationRequested"),
  v.literal("emailVerified"),
  v.literal("passwordResetRequested"),
  v.literal("passwordReset"),
  v.literal("passwordChanged"),
  v.literal("sessionRevoked"),
  v.literal("sessionEvicted"),
  v.literal("refreshTokenReused"),
  v.literal("unprovenAccessRevoked"),
  v.literal("accountCreated"),
  v.literal("accountUpdated"),
  v.literal("accountRemoved"),
  v.literal("userUpdated"),
  v.literal("userRemoved"),
  v.literal("groupCreated"),
  v.literal("groupUpdated"),
  v.literal("groupDeleted"),
  v.literal("groupRestored"),
  v.literal("memberAdded"),
  v.literal("memberUpdated"),
  v.literal("memberRemoved"),
  v.literal("roleCreated"),
  v.literal("roleUpdated"),
  v.literal("roleDeleted"),
  v.literal("inviteCreated"),
  v.literal("inviteRenewed"),
  v.literal("inviteAccepted"),
  v.literal("inviteRevoked"),
  v.literal("userRoleChanged"),
  v.literal("passkeyRegistered"),
  v.literal("passkeyRenamed"),
  v.literal("passkeyRemoved"),
  v.literal("passkeyCounterRegressed"),
  v.literal("apiKeyCreated"),
  v.literal("apiKeyUpdated"),
  v.literal("apiKeyRotated"),
  v.literal("apiKeyRevoked"),
  v.literal("apiKeyRemoved"),
  v.literal("apiKeyExpired"),
  v.literal("apiKeyExhausted"),
  v.literal("secondFactorRequested"),
  v.literal("secondFactorEnrolled"),
  v.literal("secondFactorRemoved"),
  v.literal("secondFactorVerified"),
  v.literal("secondFactorLocked"),
  v.literal("recoveryCodesIssued"),
  v.literal("recoveryCodeUsed"),
  v.literal("sessionSteppedUp"),
  v.literal("deviceTrusted"),
  v.literal("deviceForgotten"),
);

/** The columns of an audit event. */
const auditEventFields = {
  /** What happened. */
  event: auditEventName,
  /** Whether it was done. */
  outcome: v.union(v.literal("success"), v.literal("refused")),
  /** The error code, when it was refused. */
  code: v.optional(v.string()),
  /** The user it is about. Kept when the user is removed. */
  userId: v.optional(v.string()),
  /** Who did it, if it was somebody else than that user. */
  actorUserId: v.optional(v.string()),
  /** The group it is about. Kept when the group is deleted. */
  groupId: v.optional(v.string()),
  /** The API key it is about. Kept when the key is deleted. */
  keyId: v.optional(v.string()),
  /** The session it is about. */
  sessionId: v.optional(v.string()),
  /** The provider through which it happened. */
  provider: v.optional(v.string()),
  /** The client's address. */
  ipAddress: v.optional(v.string()),
  /** The client's software. */
  userAgent: v.optional(v.string()),
};

/**
 * What happened, in the same transaction as what it records.
 *
 * Only ever inserted; the cleanup deletes events after 90 days. Read by the
 * app's audit trail.
 */
export const auditEventTable = defineTable(auditEventFields)
  .index("userId", ["userId"])
  .index("actorUserId", ["actorUserId"])
  .index("groupId", ["groupId"]);

/** An audit event as it leaves the component. */
export const auditEventDocument = v.object({
  _id: v.id("AuditEvent"),
  _creationTime: v.number(),
  ...auditEventFields,
});
