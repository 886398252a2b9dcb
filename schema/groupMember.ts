import { v } from "convex/values";

/** The columns of a membership. */
export const groupMemberFields = {
  groupId: v.id("Group"),
  userId: v.id("User"),
  /** The first of the roles, to sort by. */
  role: v.string(),
  /** All roles; what they allow is united. */
  roles: v.array(v.string()),
  /** Those of the roles that the organization has made itself. */
  roleIds: v.array(v.id("GroupRole")),
  /** Whether the user owns the group now: active, with the owner's role. */
  isOwner: v.boolean(),
  /** `active`, or any other word: then the membership grants nothing. */
  status: v.string(),
  /**
   * Since when the user is being removed from the organization and all below.
   * The row stays until the last membership below is gone, and bars them all.
   */
  removedTime: v.optional(v.number()),
  /** The app's own data about the membership. */
  extend: v.optional(v.any()),
};

/** A membership as it leaves the component. */
export const groupMemberDocument = v.object({
  _id: v.id("GroupMember"),
  _creationTime: v.number(),
  ...groupMemberFields,
});
