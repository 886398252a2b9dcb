import { v } from "convex/values";

/** How a person proved who they are (RFC 8176). */
export const authenticationMethod = v.union(
  v.literal("pwd"),
  v.literal("otp"),
  v.literal("sms"),
  v.literal("hwk"),
  v.literal("swk"),
  v.literal("user"),
  v.literal("mfa"),
  v.literal("fed"),
  v.literal("recovery"),
  v.literal("device"),
  v.literal("sent"),
  v.literal("app"),
);

/** The columns of a session. */
export const sessionFields = {
  /** Who is signed in. */
  userId: v.id("User"),
  /** When the session ends even when it is used. */
  expirationTime: v.number(),
  /** When the session was last refreshed; up to an hour behind. */
  lastActiveTime: v.number(),
  /** When the person proved who they are. */
  authenticationTime: v.number(),
  /** How the person proved it (RFC 8176). */
  authenticationMethods: v.array(authenticationMethod),
  /** What it may be used for only; everything when missing. */
  restriction: v.optional(v.literal("secondFactorEnrollment")),
  /** The provider through which the person came in. */
  provider: v.string(),
  /** The client's address. */
  ipAddress: v.optional(v.string()),
  /** The client's software. */
  userAgent: v.optional(v.string()),
};

/** A session as it leaves the component. */
export const sessionDocument = v.object({
  _id: v.id("Session"),
  _creationTime: v.number(),
  ...sessionFields,
});
