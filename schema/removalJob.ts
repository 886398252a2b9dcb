import { v } from "convex/values";

/** How far a removal is. */
export const removalProgress = v.object({
  /** `waiting` for the end of the grace period, `running`, or `done`. */
  state: v.union(v.literal("waiting"), v.literal("running"), v.literal("done")),
  /** When the removal was asked for. */
  startedTime: v.number(),
  /** When it last got on, or ended. */
  updatedTime: v.number(),
  /** Memberships that are gone. */
  members: v.number(),
  /** Memberships that were there, as far as is known. */
  totalMembers: v.number(),
  /** Groups that are gone. */
  groups: v.number(),
  /** Invitations that are gone. */
  invites: v.number(),
});
