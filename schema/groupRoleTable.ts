import { defineTable } from "convex/server";
import { groupRoleFields } from "./groupRole.js";

/**
 * Roles that organizations have made themselves.
 *
 * Written by who may manage roles. Read by permission checks of members who
 * have one, by id, and by name when roles are given.
 */
export const groupRoleTable = defineTable(groupRoleFields).index(
  "groupId_role",
  ["groupId", "role"],
);
