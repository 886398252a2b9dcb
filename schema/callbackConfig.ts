import { v } from "convex/values";

/**
 * Which callbacks the app has configured, and how to call them: a function
 * handle of the app's `store` mutation, which runs in the same transaction.
 */
export const callbacks = v.object({
  handle: v.string(),
  admit: v.boolean(),
  createOrUpdateUser: v.boolean(),
  afterUserCreatedOrUpdated: v.boolean(),
  beforeSessionCreation: v.boolean(),
});
