import { v } from "convex/values";
import { userProfile } from "./userFields.js";

/**
 * The validators are functions: an app's module is evaluated on every call, and
 * Convex asks for validators only when the app is deployed.
 */

/** What a callback is told about the user that is created or changed. */
const userChange = () => ({
  provider: v.string(),
  /** The fields that are about to be stored. */
  profile: userProfile(),
  /** The app's own data that are about to be stored. */
  extend: v.optional(v.any()),
  /** The user, if there is one already. */
  existingUserId: v.union(v.string(), v.null()),
});

/** What the component asks the app's `store` mutation. */
export const callbackCall = () => {
  const change = userChange();
  return v.union(
    v.object({
      kind: v.union(v.literal("admit"), v.literal("createOrUpdateUser")),
      ...change,
    }),
    v.object({
      kind: v.literal("afterUserCreatedOrUpdated"),
      userId: v.string(),
      ...change,
    }),
    v.object({
      kind: v.literal("beforeSessionCreation"),
      userId: v.string(),
      provider: v.string(),
    }),
  );
};

/** What the app's `store` mutation answers. */
export const callbackResult = () =>
  v.union(
    v.object({ kind: v.literal("done") }),
    v.object({
      kind: v.literal("refused"),
      message: v.optional(v.string()),
    }),
    v.object({
      kind: v.literal("profile"),
      profile: userProfile(),
      extend: v.optional(v.any()),
    }),
  );
