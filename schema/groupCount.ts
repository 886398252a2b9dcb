import { v } from "convex/values";

/** What is counted of a group. */
export const groupCounts = {
  /** Memberships, whatever their status. */
  members: v.number(),
  /** Invitations that wait for an answer. */
  pendingInvites: v.number(),
  /** Groups of the type `team` right below. */
  teams: v.number(),
  /** Roles of the organization's own. */
  roles: v.number(),
};
