import type { ErrorCode, Refusal } from "../pkg/core.js";

/**
 * The result of an operation that the core has refused.
 *
 * @param decision The core's answer. Where a row is missing without which
 *   nothing can be written, the core refuses, so this has a refusal.
 */
export function refusedBy(decision: { kind: string; refusal?: Refusal }): {
  kind: "refused";
  refusal: Refusal;
} {
  if (decision.refusal === undefined) {
    throw new Error(`The core answered "${decision.kind}" without the rows`);
  }
  return { kind: "refused", refusal: decision.refusal };
}

/**
 * The result of an operation that lacks a row to ask the core about.
 *
 * @param message The sentence that the core has for the code.
 */
export function refuse(
  code: ErrorCode,
  message: string,
): { kind: "refused"; refusal: Refusal } {
  return { kind: "refused", refusal: { code, message } };
}
