import { v } from "convex/values";
import { statement } from "./groupRole.js";
import { permissionConfig, permissionRequest } from "./groupsConfig.js";
import { keysConfig } from "./keysConfig.js";

/** A key that somebody presents, as arguments. */
export const keyQuestion = {
  config: keysConfig,
  /** What the app defines, for keys of groups. */
  permissions: v.optional(permissionConfig),
  /** The raw key. */
  raw: v.string(),
  /** The kind it has to be of; any when missing. */
  configId: v.optional(v.string()),
  /** What it is to be used for. */
  request: v.optional(permissionRequest),
};

/** Whom a key stands for. */
export const keyIdentity = v.object({
  keyId: v.string(),
  configId: v.string(),
  name: v.string(),
  userId: v.optional(v.string()),
  groupId: v.optional(v.string()),
  scopes: v.array(statement),
});
