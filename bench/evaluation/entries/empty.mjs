/**
 * The least that a file of functions imports: what every Convex app pays.
 */
import { actionGeneric, mutationGeneric, queryGeneric } from "convex/server";
import { v } from "convex/values";

export const read = queryGeneric({
  args: { name: v.string() },
  returns: v.string(),
  handler: async (_ctx, { name }) => name,
});

export const write = mutationGeneric({
  args: { name: v.string() },
  returns: v.null(),
  handler: async () => null,
});

export const act = actionGeneric({
  args: { name: v.string() },
  returns: v.null(),
  handler: async () => null,
});
