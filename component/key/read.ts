import { v } from "convex/values";
import { apiKeyDocument } from "../../schema/apiKey.js";
import { query } from "../_generated/server.js";
import { findKey, keyDocumentOf, KeyOwners } from "../keyRows.js";

/** A key, or `null`. */
export const get = query({
  args: { keyId: v.string() },
  returns: v.union(apiKeyDocument, v.null()),
  handler: async (ctx, { keyId }) => {
    const key = await findKey(ctx, keyId);
    return key !== null && (await new KeyOwners(ctx).have(key))
      ? keyDocumentOf(key)
      : null;
  },
});
