import { v } from "convex/values";
import { statement } from "./groupRole.js";
import { groupSettings } from "./groupSettings.js";

/** The resources and roles that an app defines. */
export const permissionConfig = v.object({
  resources: v.array(statement),
  roles: v.array(
    v.object({ role: v.string(), permissions: v.array(statement) }),
  ),
});

/** The app's settings for groups. Bounds and defaults are the core's. */
export const groupsConfig = v.object({
  /** The resources and roles that the app defines. */
  permissions: v.optional(permissionConfig),
  /** Who may create organizations. */
  creation: v.optional(
    v.union(v.literal("everyone"), v.literal("verified"), v.literal("nobody")),
  ),
  /** The most groups a user may own. */
  groupsPerUser: v.optional(v.number()),
  /** Defaults for what organizations can settle. */
  settings: v.optional(groupSettings),
});

/** What somebody wants to do in a group. */
export const permissionRequest = v.object({
  resources: v.array(
    v.object({
      resource: v.string(),
      actions: v.array(v.string()),
      connector: v.optional(v.union(v.literal("AND"), v.literal("OR"))),
    }),
  ),
  connector: v.optional(v.union(v.literal("AND"), v.literal("OR"))),
});
