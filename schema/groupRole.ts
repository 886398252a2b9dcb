import { v } from "convex/values";

/** Actions on a resource. */
export const statement = v.object({
  resource: v.string(),
  actions: v.array(v.string()),
});

/** The columns of a role that an organization has made itself. */
export const groupRoleFields = {
  /** The organization. */
  groupId: v.id("Group"),
  /** The role's name, which never changes. */
  role: v.string(),
  /** What it is for. */
  description: v.optional(v.string()),
  /** What it allows. */
  permissions: v.array(statement),
};

/** A role as it leaves the component. */
export const groupRoleDocument = v.object({
  _id: v.id("GroupRole"),
  _creationTime: v.number(),
  ...groupRoleFields,
});
