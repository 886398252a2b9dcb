import type { AuditEvent, Refusal } from "../pkg/core.js";
import type { MutationCtx } from "./_generated/server.js";
import { record } from "./auditRows.js";
import { refusedBy } from "./refusal.js";

/** The result of an operation that the core has refused, which is recorded. */
export async function recordRefusal(
  ctx: MutationCtx,
  decision: { kind: string; refusal?: Refusal; audit?: AuditEvent[] },
): Promise<{ kind: "refused"; refusal: Refusal }> {
  const refused = refusedBy(decision);
  await record(ctx, decision.audit ?? []);
  return refused;
}
