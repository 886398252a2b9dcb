import { ConvexError, type Value } from "convex/values";
import type { AuthErrorCode } from "../schema/errorCode.js";

/** A refusal as the component returns it. */
export type Refusal = {
  code: string;
  message: string;
  retryAfterMs?: number;
  /** With `STEP_UP_REQUIRED`: how many seconds old a proof may be. */
  maxAge?: number;
  /** With `STEP_UP_REQUIRED`: what proves enough; the first factor if empty. */
  methods?: string[];
};

/**
 * Turns a refusal of the component into an exception. In an action, what the
 * refusal left behind is committed by now. In a mutation of the app it stays if
 * the app catches the exception, and is undone with all else if it does not.
 */
function throwRefusal(refusal: Refusal): never {
  throw new ConvexError<Record<string, Value>>({ ...refusal });
}

/**
 * Refuses a call that does not even reach the component.
 *
 * @param data What else the error says.
 */
export function refuse(
  code: AuthErrorCode,
  message: string,
  data: Record<string, Value> = {},
): never {
  throwRefusal({ ...data, code, message });
}

/** Gives the answer of the component, unless it is a refusal. */
export function accepted<Answer extends { kind: string }>(
  answer: Answer | { kind: "refused"; refusal: Refusal },
): Exclude<Answer, { kind: "refused" }> {
  if (answer.kind === "refused") {
    throwRefusal((answer as { refusal: Refusal }).refusal);
  }
  return answer as Exclude<Answer, { kind: "refused" }>;
}
