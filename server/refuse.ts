import type { DefaultFunctionArgs, FunctionReference } from "convex/server";
import { ConvexError, type Value } from "convex/values";
import type { AuthErrorCode } from "../schema/errorCode.js";
import type { MutationContext } from "./context.js";

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

/** An answer of the component that is not a refusal. */
type Accepted<Answer> = Exclude<Answer, { kind: "refused" }>;

/**
 * Refuses a call that does not even reach the component.
 *
 * @param data What else the error says.
 */
export function refuse(
  code: AuthErrorCode,
  message: string,
  data?: Record<string, Value>,
): never {
  throw new ConvexError<Record<string, Value>>({ ...data, code, message });
}

/** Refuses arguments that cannot be meant. */
export function invalid(message: string): never {
  refuse("INVALID_PARAMETERS", message);
}

/**
 * Gives the answer of the component, unless it is a refusal, which becomes an
 * exception. In an action, what the refusal left behind is committed by now. In
 * a mutation of the app it stays if the app catches the exception, and is undone
 * with all else if it does not.
 */
export function accepted<Answer extends { kind: string }>(
  answer: Answer | { kind: "refused"; refusal: Refusal },
): Accepted<Answer> {
  if (answer.kind === "refused") {
    const { refusal } = answer as { refusal: Refusal };
    throw new ConvexError<Record<string, Value>>({ ...refusal });
  }
  return answer as Accepted<Answer>;
}

/**
 * Runs a mutation of the component.
 *
 * @returns Its answer.
 * @throws What it refuses with, like {@link accepted}.
 */
export async function mutate<
  Args extends DefaultFunctionArgs,
  Answer extends { kind: string },
>(
  ctx: MutationContext,
  mutation: FunctionReference<"mutation", "internal", Args, Answer>,
  args: NoInfer<Args>,
): Promise<Accepted<Answer>> {
  const mutations = ctx as {
    runMutation(mutation: object, args: Args): Promise<Answer>;
  };
  return accepted(await mutations.runMutation(mutation, args));
}
