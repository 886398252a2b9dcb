import { v } from "convex/values";
import { userFields } from "./userFields.js";

/** A user as it leaves the component. */
export const userDocument = v.object({
  _id: v.id("User"),
  _creationTime: v.number(),
  ...userFields(),
});
