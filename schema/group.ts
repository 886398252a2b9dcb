import { v } from "convex/values";
import { groupSettings } from "./groupSettings.js";

/** A label of a group. */
export const groupTag = v.object({
  /** What the label is about. */
  key: v.string(),
  /** What it says. */
  value: v.string(),
});

/** The columns of a group. */
export const groupFields = {
  /** The name to show. */
  name: v.string(),
  /** The name in addresses; one of its kind among groups with one parent. */
  slug: v.optional(v.string()),
  /** What kind of group it is. `team` has limits of its own. */
  type: v.optional(v.string()),
  /** The group above; missing for a root, which is an organization. */
  parentGroupId: v.optional(v.id("Group")),
  /** Whether there is no group above, for lists. */
  isRoot: v.boolean(),
  /** Levels of groups below. Decides how deep the group can be moved. */
  height: v.number(),
  /** Labels, in the order in which they were given. */
  tags: v.array(groupTag),
  /** What an organization has settled; what is missing is the app's default. */
  settings: v.optional(groupSettings),
  /** Who created it. */
  createdByUserId: v.optional(v.string()),
  /** When it was deleted. It is invisible since, and so is all below. */
  deletedTime: v.optional(v.number()),
  /** The app's own data about the group. */
  extend: v.optional(v.any()),
};

/** A group as it leaves the component. */
export const groupDocument = v.object({
  _id: v.id("Group"),
  _creationTime: v.number(),
  ...groupFields,
});
