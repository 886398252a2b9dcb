import { v } from "convex/values";

/**
 * What an organization can settle. Bounds and defaults are the core's
 * (`src/group/settings.rs`).
 */
export const groupSettings = v.object({
  /** The most members of the organization, and of any group below. */
  memberLimit: v.optional(v.number()),
  /** The most invitations that wait for an answer, in each group. */
  pendingInviteLimit: v.optional(v.number()),
  /** Milliseconds an invitation is valid. */
  inviteLifetimeMs: v.optional(v.number()),
  /** The most groups of the type `team` below one group. */
  teamLimit: v.optional(v.number()),
  /** The most members of a team. */
  teamMemberLimit: v.optional(v.number()),
  /** The most roles of the organization's own. */
  roleLimit: v.optional(v.number()),
  /** Whether the last team below a group cannot be deleted. */
  keepsLastTeam: v.optional(v.boolean()),
  /** Whether the slug stays as it is. */
  slugLocked: v.optional(v.boolean()),
  /** Whether only members with a second factor may do anything. */
  requireSecondFactor: v.optional(v.boolean()),
  /** Whether it cannot be deleted while it has other members. */
  deletionProtection: v.optional(v.boolean()),
  /** Milliseconds during which a deleted organization can be restored. */
  deletionGraceMs: v.optional(v.number()),
});
