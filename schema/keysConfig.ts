import { v } from "convex/values";
import { statement } from "./groupRole.js";

/** A kind of API keys, as the app sets it up. */
const keyConfiguration = v.object({
  configId: v.string(),
  prefix: v.optional(v.string()),
  scopes: v.optional(v.array(statement)),
  defaultLifetimeMs: v.optional(v.number()),
  minLifetimeMs: v.optional(v.number()),
  maxLifetimeMs: v.optional(v.number()),
  retentionMs: v.optional(v.number()),
  keysPerOwner: v.optional(v.number()),
});

/** The app's settings for API keys. */
export const keysConfig = v.object({
  configurations: v.array(keyConfiguration),
});
