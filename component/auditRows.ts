/**
 * Writing the audit trail, apart from reading it, which most functions do not
 * need and would load.
 */
import type { AuditEvent } from "../pkg/core.js";
import type { MutationCtx } from "./_generated/server.js";

/** Records events, in the transaction of what they record. */
export async function record(
  ctx: MutationCtx,
  events: AuditEvent[],
): Promise<void> {
  for (const event of events) {
    await ctx.db.insert("AuditEvent", event);
  }
}
